"""Becoming a member: the application, its papers, its review."""
