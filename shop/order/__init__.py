"""Oscar's orders with where they go, how far they are and who may look without an account."""
