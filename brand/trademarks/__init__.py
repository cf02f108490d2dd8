"""Trademarks: the signs of the brand, and each of them in each class it was filed in."""
