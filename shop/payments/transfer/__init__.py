"""Bank transfer: the account is shown, an officer confirms what came in."""
