"""How a suspension reaches a run of codes that is being made at that moment.

PostgreSQL lets the suspension be written beside the run, which sees it when it asks between two portions.
SQLite lets one writer in at a time: the run would hold the suspension up to its own end. There the
suspension first lays down a mark beside the database file; the run gives up on it and makes room.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from django.db import connection

from brand.licences.models import Licence

FORGOTTEN_AFTER = 60.0  # seconds: whoever laid the mark died with it


@contextmanager
def stopping(licence: Licence) -> Iterator[None]:
    """Let runs under `licence` know that it is being suspended, while the database has no room for it."""
    mark = _mark(licence.pk)
    if mark is None:
        yield
        return
    mark.touch()
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def is_stopping(licence_id: int) -> bool:
    """Tell whether somebody waits to suspend or revoke this licence."""
    mark = _mark(licence_id)
    with suppress(FileNotFoundError):
        return mark is not None and time() - mark.stat().st_mtime < FORGOTTEN_AFTER
    return False


def _mark(licence_id: int) -> Path | None:
    """Return the file of the mark; none where the database needs none, or lives in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not Path(name).is_file():
        return None
    return Path(f"{name}-stopping-licence-{licence_id}")
