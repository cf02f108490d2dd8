"""The rules of the brand, for everybody to read."""
