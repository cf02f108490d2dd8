"""Settings of each way to run: production values are the base, dev and test loosen them."""
