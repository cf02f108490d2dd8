"""How often posts are read: sums by day, nobody is followed."""
