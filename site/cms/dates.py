"""Dates as people say them: `11 月 22 日`, `2026 年 11 月 18 日`, `16:08`; in English `22 November`."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language

_CHINESE = {"day": "n 月 j 日", "full": "Y 年 n 月 j 日"}
_ENGLISH = {"day": "j F", "full": "j F Y"}


def day(when: date | None, *, today: date | None = None) -> str:
    """Return month and day; with the year when it is another one than today's."""
    if when is None:
        return ""
    local = _local(when)
    this_year = (today or timezone.localdate()).year
    return formatted(local, _formats()["day" if local.year == this_year else "full"])


def full_day(when: date | None) -> str:
    """Return year, month and day, for papers and articles."""
    return formatted(_local(when), _formats()["full"]) if when else ""


def moment(when: datetime | None, *, today: date | None = None) -> str:
    """Return day and time of day: `11 月 22 日 16:08`."""
    return f"{day(when, today=today)} {clock(when)}" if when else ""


def clock(when: datetime | None) -> str:
    """Return the time of day to the minute."""
    return formatted(_local(when), "H:i") if when else ""


def _formats() -> dict[str, str]:
    return _ENGLISH if (get_language() or "").startswith("en") else _CHINESE


def _local(when: date) -> date:
    return timezone.localtime(when) if isinstance(when, datetime) and timezone.is_aware(when) else when
