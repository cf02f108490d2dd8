"""Dates as people say them: `11 月 22 日`, `2026 年 11 月 18 日`, `16:08`; in English `22 November`."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language


def day(when: date | None, *, today: date | None = None) -> str:
    """Return month and day; with the year when it is another one than today's."""
    return _day(_local(when), today) if when else ""


def full_day(when: date | None) -> str:
    """Return year, month and day, for papers and articles."""
    return _full_day(_local(when)) if when else ""


def moment(when: datetime | None, *, today: date | None = None) -> str:
    """Return day and time of day: `11 月 22 日 16:08`."""
    if when is None:
        return ""
    local = _local(when)
    return f"{_day(local, today)} {local:%H:%M}"


def clock(when: datetime | None) -> str:
    """Return the time of day to the minute."""
    return f"{_local(when):%H:%M}" if when else ""


# Pages show dozens of dates; written out, the Chinese forms take a fraction of what Django's formatter takes.
def _day(local: date, today: date | None) -> str:
    if local.year != (today or timezone.localdate()).year:
        return _full_day(local)
    return formatted(local, "j F") if _is_english() else f"{local.month} 月 {local.day} 日"


def _full_day(local: date) -> str:
    if _is_english():
        return formatted(local, "j F Y")
    return f"{local.year} 年 {local.month} 月 {local.day} 日"


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _local(when: date) -> date:
    return timezone.localtime(when) if isinstance(when, datetime) and timezone.is_aware(when) else when
