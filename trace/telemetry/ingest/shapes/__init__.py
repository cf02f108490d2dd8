"""The shapes messages come in. A further one is a further module and one line in a registry."""
