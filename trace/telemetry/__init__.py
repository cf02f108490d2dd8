"""Bases, devices and their readings: ingest, rollups, live stream."""
