"""Oscar's search app, over the ORM instead of haystack."""
