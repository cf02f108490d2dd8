"""The packaging stock in the back office: shelf, ledger, quotas, requests, returns, counts, statement."""
