"""The main journeys, driven in a real browser against the running product."""
