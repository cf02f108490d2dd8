"""Quotations on the seller's desk."""
