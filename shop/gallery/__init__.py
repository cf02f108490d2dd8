"""Pictures and the film of an article."""
