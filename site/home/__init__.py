"""A county's home page."""
