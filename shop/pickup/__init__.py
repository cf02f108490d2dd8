"""Points where orders are picked up: the hall, service stations (O2O)."""
