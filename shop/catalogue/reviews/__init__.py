"""Oscar's reviews with photographs."""
