"""Posts, their list, their topics."""
