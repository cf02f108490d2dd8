"""Inspections on the member's desk: visits to come, findings to put right, answers with proof."""
