"""Letters: opinions on a disclosure, suggestions, questions, reports; each gets a receipt and an answer."""
