"""Invoices buyers ask for: of a person or of an organisation with its tax number."""
