"""Inspections of licensees (用标监督检查): planned, done, findings with a deadline, answers with proof."""
