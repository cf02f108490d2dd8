"""Public pages of the brand and its association."""
