"""Oscar's dashboard, under the one sign-in."""
