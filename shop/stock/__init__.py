"""Stock of the hall (云端进销存): places, lots, the ledger of what moved, stock-takes."""
