"""The hall in the back office: what is listed, entered and decided about it."""
