"""Cameras: their tokens, their pictures, and fetching those safely."""
