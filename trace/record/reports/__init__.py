"""What buyers report: taken in with a receipt number, handled step by step, answered under that number."""
