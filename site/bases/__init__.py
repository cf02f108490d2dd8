"""Public pages of the bases and their live data."""
