"""Films of the brand."""
