"""Copied codes: the signs in the scans, the alerts they open, and what an operator makes of them."""
