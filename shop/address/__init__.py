"""Oscar's addresses with the division code of the district."""
