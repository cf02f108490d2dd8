"""Writes rolled-up values: one prepared statement, a row for each.

The same for both databases. `bulk_create` takes four times as long, which at thousands of devices is most of
a roll-up.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from telemetry.models import DailyReading, HourlyReading


class HourRow(NamedTuple):
    """One metric of one device over one hour, in the columns of `HourlyReading`."""

    device_id: int
    metric: str
    hour: datetime
    readings: int
    mean: float | None
    min: float
    max: float


class DayRow(NamedTuple):
    """One metric of one device over one day, in the columns of `DailyReading`."""

    device_id: int
    metric: str
    day: date
    hours: int
    readings: int
    mean: float | None
    min: float
    max: float


HOUR_COLUMNS = ("device_id", "metric", "hour", "count", "mean", "min", "max")
DAY_COLUMNS = ("device_id", "metric", "day", "hours", "count", "mean", "min", "max")
_KEY_COLUMNS = 3  # device, metric and time come first in both


def write_hours(rows: Iterable[HourRow]) -> None:
    """Insert hours, or replace what is known of them."""
    adapt = connection.ops.adapt_datetimefield_value
    _write(HourlyReading, HOUR_COLUMNS, [(*row[:2], adapt(row.hour), *row[3:]) for row in rows])


def write_days(rows: Iterable[DayRow]) -> None:
    """Insert days, or replace what is known of them."""
    adapt = connection.ops.adapt_datefield_value
    _write(DailyReading, DAY_COLUMNS, [(*row[:2], adapt(row.day), *row[3:]) for row in rows])


def _write(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    names = [connection.ops.quote_name(column) for column in columns]
    table = connection.ops.quote_name(model._meta.db_table)
    values = ", ".join(["%s"] * len(names))
    key = ", ".join(names[:_KEY_COLUMNS])
    changes = ", ".join(f"{name} = excluded.{name}" for name in names[_KEY_COLUMNS:])
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"  # noqa: S608 - names of our own columns
        f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
