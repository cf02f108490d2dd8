"""SQLite in a backup: the whole file, copied by SQLite while others write (its online backup)."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from upkeep.databases.copied import Copied
from upkeep.manifest import Manifest, UnusableBackup, piece_of

FILE = "database.sqlite3"


def dump(target: Path) -> Copied:
    """Copy the database into `target`; what is counted is the copy."""
    path = target / FILE
    with closing(_open(_in_use())) as source, closing(_open(path)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        _check(copy)
        rows = {table: _count(copy, table) for table in _tables(copy)}
    return Copied(rows=rows, pieces=[piece_of(path, kind="database", count=sum(rows.values()))])


def load(source: Path, manifest: Manifest) -> None:
    """Put the copy in the place of the database, in one step; other processes see it at their next query.

    Raises:
        UnusableBackup: the copy is damaged, or holds other rows than the manifest says.
    """
    path = source / manifest.of("database")[0].file
    with closing(_open(path)) as copy:
        _check(copy)
        if {table: _count(copy, table) for table in _tables(copy)} != manifest.rows:
            raise UnusableBackup("the database holds other rows than were written")
        Path(_in_use()).parent.mkdir(parents=True, exist_ok=True)
        connection.close()
        with closing(_open(_in_use())) as target:
            copy.backup(target)
            target.execute("PRAGMA journal_mode=WAL")
    call_command("migrate", verbosity=0, interactive=False)  # the program may be newer than the backup


def _in_use() -> str:
    return str(connection.settings_dict["NAME"])


def _open(path: str | Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=60, isolation_level=None)


def _check(database: sqlite3.Connection) -> None:
    problem = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        raise UnusableBackup(f"the database is damaged: {problem}")


def _tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(name for (name,) in found)


def _count(database: sqlite3.Connection, table: str) -> int:
    return int(database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - its own names
