"""A query of a hot page, compiled once.

Django builds and compiles the same SQL anew for every request; on a page of small reads that costs more than
the reads do.
"""

from collections.abc import Callable
from threading import local
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

# What stands for the key while a query is compiled; no row has it.
NUMBER, TEXT = -(2**31) + 1, "\ue000the key\ue000"


Row = TypeVar("Row")


class Prepared(Generic[Row]):
    """A query by one key, given as the function that builds it from the key: of instances or of values.

    `place` is `NUMBER` or `TEXT`, by the type of the key.
    """

    def __init__(self, build: Callable[[Any], "QuerySet[Any, Row]"], *, place: int | str = NUMBER) -> None:
        self._build = build
        self._place = place
        self._kept = local()  # a compiler belongs to the connection of its thread

    def __call__(self, key: int | str) -> list[Row]:
        """Return the rows for `key`. One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept = getattr(self._kept, "query", None)
        if kept is None or kept[1].connection is not connection:
            kept = self._kept.query = self._compile(connection)
        queryset, compiler = kept
        compiler.key = key
        rows: list[Row] = list(queryset._iterable_class(queryset))
        return rows

    def _compile(self, connection: Any) -> tuple[Any, Any]:
        """Return the query with a compiler that runs the SQL it made once, with the key of the moment."""
        queryset: Any = self._build(self._place)
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        # made anew for each run they take as long as the read itself
        converters = compiler.get_converters([column[0] for column in compiler.select])

        def run(*arguments: Any, **options: Any) -> list[list[tuple]]:
            with connection.cursor() as cursor:
                cursor.execute(sql, [compiler.key if param == self._place else param for param in params])
                return [cursor.fetchall()]

        compiler.execute_sql = run
        compiler.get_converters = lambda _expressions: converters
        queryset.query.get_compiler = lambda *arguments, **options: compiler
        return queryset, compiler
