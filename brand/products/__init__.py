"""Products sold under the brand."""
