"""Numbers that follow one another: of licences, applications, receipts, issues."""
