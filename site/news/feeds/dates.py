"""When a post came out and when it was last changed, to the second and with the zone of the county."""

from datetime import datetime, time

from django.utils import timezone

from news.models import NewsPage


def published_at(post: NewsPage) -> datetime:
    """Return when it came out: the moment it went live, or the beginning of the day an editor wrote on it."""
    zone = timezone.get_current_timezone()
    live = post.first_published_at
    if live is not None and timezone.localdate(live) == post.published_on:
        return live.astimezone(zone)
    return datetime.combine(post.published_on, time.min, tzinfo=zone)


def updated_at(post: NewsPage) -> datetime:
    """Return when the public last saw it change, never before it came out."""
    published = published_at(post)
    changed = post.last_published_at
    return max(published, changed.astimezone(published.tzinfo)) if changed else published
