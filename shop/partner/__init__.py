"""Oscar's partners with a price strategy that does not ask who is looking."""
