"""Licences: the right of a member to use the brand on named products."""
