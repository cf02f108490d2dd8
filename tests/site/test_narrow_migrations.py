"""Every migration of ours touches its tables narrowly: a first start would else render all models anew."""

import sys
from pathlib import Path

from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader

from config import ROOT

TABLES = (
    operations.CreateModel, operations.DeleteModel, operations.AddField, operations.RemoveField,
    operations.AlterField, operations.AddIndex, operations.RemoveIndex, operations.AddConstraint,
    operations.RemoveConstraint, operations.AlterUniqueTogether, operations.AlterIndexTogether,
)  # fmt: skip


def _ours() -> dict[tuple[str, str], list[operations.base.Operation]]:
    found = {}
    for key, migration in MigrationLoader(None).disk_migrations.items():
        file = Path(str(sys.modules[migration.__module__].__file__))
        if file.is_relative_to(ROOT) and ".venv" not in file.parts:
            found[key] = list(migration.operations)
    return found


def test_operations_on_tables_are_wrapped_in_narrowly() -> None:
    ours = _ours()
    assert len(ours) > 50
    bare = {
        f"{app}.{name}": type(operation).__name__
        for (app, name), done in ours.items()
        for operation in done
        if isinstance(operation, TABLES)
    }
    assert not bare, f"wrap these in lib.migrating.Narrowly: {bare}"
