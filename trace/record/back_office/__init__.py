"""The record in the back office: batches, events, codes, certifications."""
