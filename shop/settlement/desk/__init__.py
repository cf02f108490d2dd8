"""Statements on the seller's desk."""
