"""The letters in the back office; disclosures are edited as pages."""
