"""Watching: what the pages of lessons tell while somebody learns, and what of it is credited."""
