"""PostgreSQL in a backup: each table by COPY, all in one snapshot; put back in one transaction.

The schema is made by our migrations, up to the one the backup was made at. So no client program is needed
whose version would have to match that of the server.
"""

import gzip
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import Connection, sql

from upkeep.databases.copied import Copied
from upkeep.manifest import Manifest, Piece, UnusableBackup, piece_of

_COLUMNS = """
    SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
    GROUP BY table_name ORDER BY table_name
"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
_BLOCK = 1 << 20


def dump(target: Path) -> Copied:
    """Copy every table into `target` as it is at this moment, while others write."""
    rows, pieces = {}, []
    with _connected() as database:
        database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for number, (table, columns) in enumerate(_tables(database).items()):
            path = target / f"table-{number:03d}.copy.gz"
            rows[table] = _copy_out(database, table, columns, path)
            pieces.append(
                piece_of(path, kind="table", holds=table, count=rows[table], columns=tuple(columns))
            )
        sequences: dict[str, int | None] = dict(database.execute(_SEQUENCES).fetchall())
        database.execute("COMMIT")
    return Copied(rows=rows, pieces=pieces, sequences=sequences)


def load(source: Path, manifest: Manifest) -> None:
    """Put every table back. Until the last row is in, others see the old rows.

    Raises:
        UnusableBackup: a table holds other rows than the manifest says; nothing has changed.
    """
    with _schema_of(set(manifest.migrations)):
        connection.close()
        _put_back(source, manifest)
    call_command("migrate", verbosity=0, interactive=False)  # the program may be newer than the backup


def _put_back(source: Path, manifest: Manifest) -> None:
    """Exchange the rows of every table in one transaction."""
    with _connected() as database, database.transaction():
        database.execute("SET CONSTRAINTS ALL DEFERRED")
        tables = sql.SQL(", ").join(sql.Identifier(table) for table in _tables(database))
        database.execute(sql.SQL("TRUNCATE {}").format(tables))
        for piece in manifest.of("table"):
            _copy_in(database, piece, source / piece.file)
            if _count(database, piece.holds) != piece.count:
                raise UnusableBackup(f"{piece.holds} holds other rows than were written")
        for name, value in manifest.sequences.items():
            database.execute(
                "SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, value or 1, value is not None]
            )


@contextmanager
def _schema_of(migrations: set[tuple[str, str]]) -> Iterator[None]:
    """Make the tables those of the backup: as they are, or anew up to the migrations it was made at.

    The old ones are set aside, and are back where they were when the block fails.
    """
    if set(MigrationExecutor(connection).loader.applied_migrations) == migrations:
        yield
        return
    schema = _current_schema()
    aside = f"{schema[:40]}_before_restore"
    _run("DROP SCHEMA IF EXISTS {} CASCADE", aside)  # of a restore that was killed after the new one stood
    _run("ALTER SCHEMA {} RENAME TO {}", schema, aside)
    try:
        _run("CREATE SCHEMA {}", schema)
        _migrate_to(migrations)
        yield
    except BaseException:
        connection.close()  # the transaction that failed
        _run("DROP SCHEMA IF EXISTS {} CASCADE", schema)
        _run("ALTER SCHEMA {} RENAME TO {}", aside, schema)
        raise
    _run("DROP SCHEMA {} CASCADE", aside)


def _current_schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def _run(statement: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(*map(connection.ops.quote_name, names)))


def _migrate_to(migrations: set[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    last = [
        node
        for node in sorted(migrations)
        if node in graph.nodes
        and not any(child in migrations and child[0] == node[0] for child in _children(graph, node))
    ]
    executor.migrate(last)


def _children(graph: Any, node: tuple[str, str]) -> Iterator[tuple[str, str]]:
    return (child.key for child in graph.node_map[node].children)


@contextmanager
def _connected() -> Iterator[Connection[Any]]:
    """Give a connection of our own: the caller's may be in a transaction, or kept by a request."""
    fresh = connection.copy()
    fresh.ensure_connection()
    with closing(fresh):
        yield fresh.connection


def _tables(database: Connection[Any]) -> dict[str, list[str]]:
    return dict(database.execute(_COLUMNS).fetchall())


def _copy_out(database: Connection[Any], table: str, columns: list[str], path: Path) -> int:
    statement = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), _names(columns))
    with gzip.open(path, "wb", compresslevel=1) as file, database.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for block in copy:
                file.write(block)
        return max(cursor.rowcount, 0)


def _copy_in(database: Connection[Any], piece: Piece, path: Path) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(piece.holds), _names(piece.columns))
    with gzip.open(path, "rb") as file, database.cursor() as cursor, cursor.copy(statement) as copy:
        while block := file.read(_BLOCK):
            copy.write(block)


def _count(database: Connection[Any], table: str) -> int:
    row = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def _names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)
