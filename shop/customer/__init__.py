"""Oscar's customer pages without a sign-in of their own."""
