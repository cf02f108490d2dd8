"""The library of standards, for everybody to read."""
