"""The specialty hall, on Oscar."""
