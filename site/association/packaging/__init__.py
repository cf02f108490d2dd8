"""Packaging on the member's desk: ask for it, pick it up, say what became of it."""
