"""Publicity (公示): for some days anybody may object before a licence is given."""
