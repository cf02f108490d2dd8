"""A server of our own that speaks the protocols of the payment gateways, with keys of its own."""
