"""Films that pages show: one kind of row and one way of keeping them, for brand, hall and posts."""
