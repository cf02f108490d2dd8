"""Figures of training for acceptance files: person-times against what was promised, and what came of them."""
