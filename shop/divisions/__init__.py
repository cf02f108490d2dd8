"""Provinces, cities and districts by their codes (GB/T 2260), and how to find them in an address."""
