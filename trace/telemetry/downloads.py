"""Readings of a base as CSV lines, one after another: nothing is held in memory, whatever the period.

Times are those of the site's time zone with their offset (ISO 8601). The first character is a byte order
mark, by which Excel knows UTF-8.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telemetry.daily import bounds
from telemetry.models import Base, DailyReading, HourlyReading, Reading

AT_ONCE = 2_000  # rows from the database
BYTE_ORDER_MARK = "\ufeff"
_ROLLED_UP = ("mean", "min", "max", "count")


class Step(models.TextChoices):
    """How fine the readings are."""

    READING = "reading", _("every reading")
    HOUR = "hour", _("each hour")
    DAY = "day", _("each day")


LONGEST = {
    Step.READING: timedelta(days=31),
    Step.HOUR: timedelta(days=366),
    Step.DAY: timedelta(days=3_660),
}


class TooLong(ValueError):
    """More days than one download may hold."""

    def __init__(self, longest: timedelta) -> None:
        super().__init__(f"at most {longest.days} days")
        self.days = longest.days


def csv_lines(*, base: Base, metrics: Sequence[str], step: Step, first: date, last: date) -> Iterator[str]:
    """Return the lines of these metrics of a base from `first` to `last`, both included.

    Raises:
        TooLong: more days than `LONGEST` allows; before anything is read.
    """
    if last - first >= LONGEST[step]:
        raise TooLong(LONGEST[step])
    since, until = bounds(first)[0], bounds(last)[1]
    if step is Step.READING:
        return _lines(("time", "device", "metric", "value"), _readings(base, metrics, since, until))
    heads = ("time" if step is Step.HOUR else "day", "device", "metric", *_ROLLED_UP)
    if step is Step.HOUR:
        return _lines(heads, _hours(base, metrics, since, until))
    return _lines((*heads, "hours"), _days(base, metrics, first, last))


class _Echo:
    """A file for the csv module that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _lines(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + str(writer.writerow(heads))
    for row in rows:
        yield str(writer.writerow(row))


def _readings(base: Base, metrics: Sequence[str], since: datetime, until: datetime) -> Iterator[tuple]:
    rows = Reading.objects.filter(device__base=base, at__gte=since, at__lt=until)
    fields = rows.order_by("device_id", "at").values_list("at", "device__device_id", "values")
    for at, device, values in fields.iterator(chunk_size=AT_ONCE):
        for metric in metrics:
            if metric in values:
                yield _local(at), device, metric, values[metric]


def _hours(base: Base, metrics: Sequence[str], since: datetime, until: datetime) -> Iterator[tuple]:
    rows = HourlyReading.objects.filter(
        device__base=base, metric__in=metrics, hour__gte=since, hour__lt=until
    )
    ordered = rows.order_by("device_id", "metric", "hour")
    for hour, *row in ordered.values_list("hour", "device__device_id", "metric", *_ROLLED_UP).iterator(
        AT_ONCE
    ):
        yield _local(hour), *map(_plain, row)


def _days(base: Base, metrics: Sequence[str], first: date, last: date) -> Iterator[tuple]:
    rows = DailyReading.objects.filter(device__base=base, metric__in=metrics, day__range=(first, last))
    ordered = rows.order_by("device_id", "metric", "day")
    fields = ("day", "device__device_id", "metric", *_ROLLED_UP, "hours")
    for row in ordered.values_list(*fields).iterator(AT_ONCE):
        yield tuple(map(_plain, row))


def _local(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _plain(value: object) -> object:
    """Return a mean without the noise of its last binary digits, anything else as it is."""
    return round(value, 4) if isinstance(value, float) else value
