"""A query of a hot page, compiled once.

Django builds and compiles the same SQL anew for every request; on a page of small reads that costs more than
the reads do.
"""

from collections.abc import Callable
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

_PLACE = -(2**31) + 1  # stands for the key while the query is compiled; no row has it


class PreparedValues:
    """A `.values()` query by one integer key, given as the function that builds it from the key."""

    def __init__(self, build: Callable[[int], QuerySet]) -> None:
        self._build = build
        self._kept = local()  # a compiler belongs to the connection of its thread

    def __call__(self, key: int) -> list[dict[str, Any]]:
        """Return the rows for `key`. One query."""
        compiler, sql, params, names = self._compiled()
        with compiler.connection.cursor() as cursor:
            cursor.execute(sql, [key if param == _PLACE else param for param in params])
            found = cursor.fetchall()
        return [dict(zip(names, row, strict=True)) for row in compiler.results_iter([found])]

    def _compiled(self) -> tuple[SQLCompiler, str, tuple[Any, ...], list[str]]:
        connection = connections[DEFAULT_DB_ALIAS]
        kept = getattr(self._kept, "query", None)
        if kept is None or kept[0].connection is not connection:
            compiler = self._build(_PLACE).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            kept = self._kept.query = (compiler, sql, params, list(compiler.query.selected))
        return kept
