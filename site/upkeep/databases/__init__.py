"""The database in a backup: one module per kind of database, with the same three functions."""

from types import ModuleType

from django.db import connection


def adapter() -> ModuleType:
    """Return the module for the database in use."""
    from upkeep.databases import postgresql, sqlite

    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
