"""The maintenance record (维护及数据备份记录): who did what when, and how it ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from upkeep.models import UpkeepEntry

_LONGEST = 500


def begun(kind: str, *, what: str, at: datetime) -> UpkeepEntry:
    """Enter that something began."""
    return UpkeepEntry.objects.create(kind=kind, state=UpkeepEntry.State.RUNNING, what=what, started_at=at)


def ended(entry: UpkeepEntry, *, at: datetime, **facts: Any) -> None:
    """Enter that it ended well, with what there is to say."""
    _close(entry, UpkeepEntry.State.DONE, at=at, **facts)


def failed(entry: UpkeepEntry, error: BaseException, *, at: datetime) -> None:
    """Enter that it failed, and why."""
    reason = str(error) or type(error).__name__
    _close(entry, UpkeepEntry.State.FAILED, at=at, outcome=reason[:_LONGEST])


def settle_after_restore(*, run: UUID, made_at: datetime, at: datetime, **facts: Any) -> None:
    """Close what was running when the backup was made: the backup itself ended well, the rest never did."""
    running = UpkeepEntry.objects.filter(state=UpkeepEntry.State.RUNNING)
    for entry in running.filter(run=run):
        ended(entry, at=max(made_at, entry.started_at), **facts)
    for entry in running.exclude(run=run):
        _close(entry, UpkeepEntry.State.FAILED, at=at, outcome="interrupted: restored from a backup")


def _close(entry: UpkeepEntry, state: str, *, at: datetime, **facts: Any) -> None:
    for name, value in {**facts, "state": state, "finished_at": max(at, entry.started_at)}.items():
        setattr(entry, name, value)
    entry.save()
