"""Events from a spreadsheet: read, checked line by line, recorded, and nothing of it lost."""
