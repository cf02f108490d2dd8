"""Classes, rooms and follow-ups in the back office."""
