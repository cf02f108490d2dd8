"""Packing on the seller's desk: what is to be sent, the packing page, papers."""
