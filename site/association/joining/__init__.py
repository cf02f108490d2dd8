"""Becoming a member: how it goes, the application, its state."""
