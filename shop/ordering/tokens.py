"""Tokens that open one order without an account."""

from secrets import token_urlsafe


def new_token() -> str:
    """Return an unguessable token of 22 characters (128 bits)."""
    return token_urlsafe(16)
