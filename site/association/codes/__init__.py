"""Codes on the member's desk: how many are left, drawing them, their labels, binding and activating them."""
