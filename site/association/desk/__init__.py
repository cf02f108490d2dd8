"""The member's desk at /members/: who may sit at it, what stands on it."""
