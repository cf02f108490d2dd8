"""Making a PostgreSQL copy of the template as new in place: dropping and copying a database takes seconds.

What the copy was made of is kept: the schema's objects, the rows of the few tables that migrations fill, and
where every sequence stood. A copy whose schema changed cannot be made as new; it is made again.
"""

from dataclasses import dataclass
from typing import Self

import psycopg
from psycopg.sql import SQL, Identifier, Literal

_OTHERS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_OBJECTS = """
SELECT md5(string_agg(concat_ws(' ', kind, oid, name, facts), ',' ORDER BY kind, oid, name)) FROM (
  SELECT 'schema' AS kind, oid, nspname AS name, '' AS facts, nspname FROM pg_namespace
  UNION ALL SELECT 'relation', c.oid, relname, relkind::text, nspname
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  UNION ALL SELECT 'column', attrelid, attname, concat(atttypid, attnotnull, attisdropped), nspname
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
  UNION ALL SELECT 'constraint', c.oid, conname, concat(convalidated, condeferrable), nspname
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace
  UNION ALL SELECT 'trigger', t.oid, tgname, tgenabled::text, nspname
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace
  UNION ALL SELECT 'function', p.oid, proname, md5(prosrc), nspname
    FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
) AS everything WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
"""
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_SEQUENCES = "SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'"
# foreign keys and triggers rest: all rows go that were not there, whatever points to them or guards them
_UNGUARDED = "SET LOCAL session_replication_role = replica"

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Pristine:
    """What a new copy holds."""

    url: str
    objects: object  # a digest
    rows: dict[str, bytes]
    sequences: set[tuple[object, ...]]

    @classmethod
    def of(cls, url: str) -> Self:
        """Look at the new copy at `url`."""
        with psycopg.connect(url) as connection:
            rows = {table: _rows(connection, table) for table in _filled(connection)}
            return cls(url, _objects(connection), rows, set(connection.execute(_SEQUENCES)))

    def again(self) -> bool:
        """Make the copy what it was, and tell whether that could be done."""
        try:
            with psycopg.connect(self.url) as connection:
                connection.execute(_OTHERS)
                if _objects(connection) != self.objects:
                    return False
                connection.execute(_UNGUARDED)
                self._put_back_rows(connection)
                self._put_back_sequences(connection)
        except psycopg.errors.InsufficientPrivilege:
            return False  # the role is no superuser
        return True

    def _put_back_rows(self, connection: Connection) -> None:
        for table in {*_filled(connection), *self.rows}:
            kept = self.rows.get(table)
            if kept is not None and _rows(connection, table) == kept:
                continue
            connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
            if kept is not None:
                with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as copy:
                    copy.write(kept)

    def _put_back_sequences(self, connection: Connection) -> None:
        for name, start, last in self.sequences - set(connection.execute(_SEQUENCES)):
            where, called = (start, False) if last is None else (last, True)
            connection.execute(
                SQL("SELECT setval({}::regclass, {}, {})").format(
                    Literal(Identifier(str(name)).as_string()), Literal(where), Literal(called)
                )
            )


def _objects(connection: Connection) -> object:
    """Return a digest of everything the schema is made of."""
    row = connection.execute(_OBJECTS).fetchone()
    return row and row[0]


def _filled(connection: Connection) -> list[str]:
    """Return the tables that hold rows, asked for all at once."""
    tables = [str(name) for (name,) in connection.execute(_TABLES)]
    one = SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    asked = SQL(" UNION ALL ").join(one.format(Literal(table), Identifier(table)) for table in tables)
    return [str(name) for (name,) in connection.execute(asked)]


def _rows(connection: Connection, table: str) -> bytes:
    with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
        return b"".join(copy)
