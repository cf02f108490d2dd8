"""Learning: who takes part in a course, what they have watched, where they stopped."""
