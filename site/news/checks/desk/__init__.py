"""The list of words and of outside links in the back office."""
