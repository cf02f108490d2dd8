"""The public VI library."""
