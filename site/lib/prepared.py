"""A query or an insert of a hot page, compiled once.

Django builds and compiles the same SQL anew for every request; on a page of small reads that costs more than
the reads do.
"""

from collections.abc import Callable
from threading import local
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.sql import InsertQuery

# What stands for the key while a query is compiled; no row has it.
NUMBER, TEXT = -(2**31) + 1, "\ue000the key\ue000"


Row = TypeVar("Row")
Written = TypeVar("Written", bound=Model)


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
            filled = [compiler.key if param == self._place else param for param in params]
            with connection.cursor() as cursor:
                cursor.execute(sql, filled)
                return [cursor.fetchall()]

        compiler.execute_sql = run
        compiler.get_converters = lambda _expressions: converters
        queryset.query.get_compiler = lambda *arguments, **options: compiler
        return queryset, compiler


class PreparedInsert(Generic[Written]):
    """Writing one new row of a model: the statement is compiled once, as `Prepared` compiles a query.

    As with `bulk_create`, `save` of the model is not called and no signal is sent.
    """

    def __init__(self, model: type[Written]) -> None:
        self._model = model
        self._kept = local()

    def __call__(self, row: Written) -> Written:
        """Write the row, which has no key yet, and give it its key. One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept = getattr(self._kept, "statement", None)
        if kept is None or kept[0] is not connection:
            kept = self._kept.statement = (connection, *self._compile(row, connection))
        _connection, sql, fields = kept
        params = [
            field.get_db_prep_save(field.pre_save(row, add=True), connection=connection) for field in fields
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            row.pk = cursor.fetchone()[0]
        row._state.adding, row._state.db = False, connection.alias
        return row

    def _compile(self, row: Written, connection: Any) -> tuple[str, list[Any]]:
        meta = self._model._meta
        fields = [field for field in meta.local_concrete_fields if not field.primary_key]
        query = InsertQuery(self._model)
        query.insert_values(fields, [row])
        compiler: Any = query.get_compiler(connection=connection)
        compiler.returning_fields = [meta.pk]
        [(sql, _params)] = compiler.as_sql()
        return sql, fields
