"""People who sign in: the user model, sign-in by phone or e-mail, roles."""
