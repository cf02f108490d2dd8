"""Template tags of the association pages."""
