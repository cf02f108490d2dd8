"""The sandbox: pays with nothing, for the demonstration and for trying out. Clearly marked as such."""
