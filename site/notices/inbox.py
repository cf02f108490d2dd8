"""What a person was told on the site: newest first, read or not."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from notices.models import Notice

MOST_COUNTED = 99


def inbox(user: Any) -> QuerySet[Notice]:
    """Return the notices on the site for this person, newest first."""
    return Notice.objects.filter(user=user, channel=Notice.Channel.SITE)


def unread_count(user: Any) -> int:
    """Return how many of them are unread, counted up to `MOST_COUNTED`. One query."""
    return inbox(user).filter(read_at=None).order_by()[:MOST_COUNTED].count()


def mark_read(*, user: Any, at: datetime, notice: Notice | None = None) -> int:
    """Mark one notice of this person as read, or all; return how many were not. The first time stands."""
    unread = inbox(user).filter(read_at=None)
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    return unread.update(read_at=at)
