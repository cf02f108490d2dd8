"""Believable stations: for the demo, for trying things out, and to replay a measured series."""
