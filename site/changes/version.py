"""The version of what the public sees: the newest row of the outbox, remembered for half a second.

Polling the outbox works the same between processes on SQLite and PostgreSQL and needs no further part;
it costs two indexed queries a second in a process that is being asked.
"""

import time

from django.db.models import Max

REMEMBERED_FOR = 0.5  # s: an edit must be visible within one second

_version: tuple[int, float] | None = None


def current_version() -> int:
    """Return the id of the newest change, 0 when there is none. At most `REMEMBERED_FOR` seconds old."""
    global _version  # noqa: PLW0603 - one value per process is the point
    now = time.monotonic()
    if _version is None or now - _version[1] > REMEMBERED_FOR:
        from changes.models import Change

        _version = (Change.objects.aggregate(newest=Max("id"))["newest"] or 0, now)
    return _version[0]


def forget_version() -> None:
    """Make the next `current_version` ask the database."""
    global _version  # noqa: PLW0603
    _version = None
