"""Members of the brand association."""
