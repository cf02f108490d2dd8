"""When a post came out and when it was last changed, to the second and with the zone of the county."""

from datetime import date, datetime, time
from typing import Protocol

from django.utils import timezone


class Dated(Protocol):
    """A post, or as much of it as its dates need."""

    @property
    def published_on(self) -> date:
        """The day an editor wrote on it."""

    @property
    def first_published_at(self) -> datetime | None:
        """When it went live."""

    @property
    def last_published_at(self) -> datetime | None:
        """When a change of it went live."""


def published_at(post: Dated) -> datetime:
    """Return when it came out: the moment it went live, or the beginning of the day an editor wrote on it."""
    zone = timezone.get_current_timezone()
    live = post.first_published_at
    if live is not None and timezone.localdate(live) == post.published_on:
        return live.astimezone(zone)
    return datetime.combine(post.published_on, time.min, tzinfo=zone)


def updated_at(post: Dated) -> datetime:
    """Return when the public last saw it change, never before it came out."""
    published = published_at(post)
    changed = post.last_published_at
    return max(published, changed.astimezone(published.tzinfo)) if changed else published
