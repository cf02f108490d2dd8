"""Enquiries by SMS: a code comes in as a text message, the verdict goes back in 70 characters at most."""
