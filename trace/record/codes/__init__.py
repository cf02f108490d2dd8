"""Codes on packages: issued, printed, packed, bound, activated, voided; one module per act."""
