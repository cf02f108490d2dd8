"""The talent pool in the back office."""
