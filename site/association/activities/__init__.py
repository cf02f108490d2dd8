"""Activities for visitors: what is on, signing up, the door."""
