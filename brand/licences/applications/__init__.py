"""Applications for a licence: draft, submission, review, until the decision."""
