"""Scans: recorded, placed, judged."""
