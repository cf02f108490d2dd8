"""The press kit: what is on the press page, in one zip."""
