"""Packaging stock (包装领用): items, the ledger of what moved, quotas, requests, stock-takes, statements."""
