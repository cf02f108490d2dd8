"""Posts of the county."""
