"""Teachers: who they are, what makes them the ones to ask, what they teach."""
