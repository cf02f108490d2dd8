"""What there is to write about: gathered from all areas, less what is planned or set aside."""
