"""The openness window: what the county discloses for everybody to check, and the letters people write."""
