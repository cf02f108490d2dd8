"""The version of what the public sees: the newest row of the outbox this process knows of.

The page cache asks for it on every request, so asking costs nothing. `follow` reads the outbox twice a
second, which works the same between processes on SQLite and PostgreSQL and needs no further part; a
change made by this process is known at once.
"""

import logging
import threading

from django.db import DatabaseError, close_old_connections
from django.db.models import Max

POLL_SECONDS = 0.5  # an edit must be visible within one second

logger = logging.getLogger(__name__)
_seen = 0


def seen() -> int:
    """Return the id of the newest change this process knows of."""
    return _seen


def see(change_id: int) -> None:
    """Note that a change up to `change_id` was committed. Never goes back."""
    global _seen  # noqa: PLW0603 - one value per process is the point
    _seen = max(_seen, change_id)


def follow(stop: threading.Event) -> None:
    """Read the outbox until `stop` is set. Runs in a thread of its own, started with the web process."""
    from changes.models import Change

    while not stop.wait(POLL_SECONDS):
        try:
            close_old_connections()
            see(Change.objects.aggregate(newest=Max("id"))["newest"] or 0)
        except DatabaseError:
            logger.warning("the outbox cannot be read; cached pages may be stale", exc_info=True)
