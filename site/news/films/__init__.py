"""Films of posts."""
