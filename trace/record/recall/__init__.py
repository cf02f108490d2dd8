"""Recall: what hangs together, asking for it back, lifting it again, and the lists that are worked from."""
