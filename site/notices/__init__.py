"""Messages to people: e-mail and SMS behind one function."""
