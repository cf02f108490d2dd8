"""Editions: what rules and standards have in common, one text in force after the other."""
