"""Times as devices write them: seconds, milliseconds, local text."""

import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

# Earlier than the first device: a clock that lost its battery starts in 1970 or 2000.
_EARLIEST = datetime(2010, 1, 1, tzinfo=UTC)
# A number above is in the next finer unit: seconds, milliseconds, microseconds, nanoseconds.
_FINEST_FIRST = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (0, 1))
_TEXT = re.compile(
    r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]*(\d{1,2})[:时](\d{1,2})"
    r"(?:[:分](\d{1,2})(?:[.,](\d{1,9}))?秒?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*",
    re.IGNORECASE | re.ASCII,
)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})?", re.ASCII)


class UnreadableTime(ValueError):
    """The time of a message cannot be understood, or is none at which it can have been sent."""


def read_time(value: object) -> datetime:
    """Return a time in UTC from a number of seconds or finer, or from text, local where it names no zone.

    Raises:
        UnreadableTime: neither, or before any device existed.
    """
    try:
        at = _from_number(value) if isinstance(value, int | float) else _from_text(value)
    except (ValueError, OverflowError, OSError) as error:
        shown = f"{value:.40}" if isinstance(value, str) else "…"
        raise UnreadableTime(_("not a time: %(value)s") % {"value": shown}) from error
    if at < _EARLIEST:
        raise UnreadableTime(_("%(time)s is before any device existed") % {"time": at.isoformat()})
    return at


@lru_cache
def _local_zone() -> tzinfo:
    return ZoneInfo(settings.TIME_ZONE)


def _from_number(value: float) -> datetime:
    if isinstance(value, bool):
        raise ValueError("yes and no are no times")
    for least, divisor in _FINEST_FIRST:
        if value >= least:
            return datetime.fromtimestamp(value / divisor, UTC)
    raise ValueError("before 1970")


def _from_text(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("neither number nor text")
    if match := _TEXT.fullmatch(value):
        *parts, second, fraction, zone = match.groups()
        text_zone = datetime.strptime(zone, "%z").tzinfo if zone else _local_zone()
        microsecond = int((fraction or "0").ljust(6, "0")[:6])
        return _moment([*parts, second or "0"], microsecond, text_zone)
    if match := _DIGITS.fullmatch(value.strip()):
        *parts, milliseconds = match.groups()
        return _moment(parts, int(milliseconds or 0) * 1000, _local_zone())
    return _from_number(float(value))


def _moment(parts: list[str], microsecond: int, zone: tzinfo | None) -> datetime:
    year, month, day, hour, minute, second = map(int, parts)
    return datetime(year, month, day, hour, minute, second, microsecond, zone).astimezone(UTC)
