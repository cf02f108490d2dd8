"""What the stations of a base measured over a day, a week or a season: charts, the table that says the same,
and the last means beside their limits.

Hours are one query; a season is one more. The page keeps the rendered part for a minute.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bases.charts import Chart, Value, chart
from bases.periods import HOUR, Period, Stretch, days_between, hours_until, stretches
from telemetry.daily import measured_days
from telemetry.limits import LOOKED_BACK, Comparison, compare
from telemetry.live.metric_faces import Face, faces
from telemetry.means import mean_of
from telemetry.models import Base, HourlyReading
from telemetry.vocabulary import current_vocabulary

DERIVED = {"wind_force"}  # a scale of the wind speed
HOURS = {Period.DAY: 24, Period.WEEK: 7 * 24}

Values = Mapping[str, Mapping[Any, Value]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: when, and what to say of each metric."""

    label: date
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Climate:
    """A period of a base, ready to show."""

    period: Period
    first: date
    charts: list[tuple[Face, Chart]]
    table: list[Line]
    comparisons: list[tuple[Face, Comparison]]


def climate(base: Base, period: Period, *, now: datetime, since: date) -> Climate:
    """Return the period up to `now`; a season begins with `since`. 1 query, for a season 2."""
    shown = [face for face in faces(on=now.date()) if not face.is_circular and face.key not in DERIVED]
    hours = last_hours(base, since=min(now - LOOKED_BACK, _first_hour(period, now)), now=now)
    moments: Sequence[date]
    values: Values
    if period is Period.SEASON:
        moments = days_between(since, now.date())
        values = _days(base, [face.key for face in shown], moments)
    else:
        moments, values = hours_until(now, HOURS[period]), hours
    drawn = [(face, found) for face in shown if (found := chart(values.get(face.key, {}), moments=moments))]
    by_key = {face.key: face for face in shown}
    return Climate(
        period=period,
        first=moments[0],
        charts=drawn,
        table=list(_table([face for face, _chart in drawn], stretches(period, moments), values)),
        comparisons=[(by_key[one.metric], one) for one in compare(hours, at=now) if one.metric in by_key],
    )


def last_hours(base: Base, *, since: datetime, now: datetime) -> dict[str, dict[datetime, Value]]:
    """Return the hourly values of a base by metric. 1 query.

    Where a base has several devices, each hour is told by the first of them that measured in it.
    """
    rows = (
        HourlyReading.objects.filter(
            device__base=base, device__is_active=True, hour__gte=since, hour__lte=now
        )
        .order_by("device__device_id", "hour")
        .values_list("metric", "hour", "mean", "min", "max")
    )
    hours: dict[str, dict[datetime, Value]] = {}
    for metric, hour, mean, lowest, highest in rows:
        hours.setdefault(metric, {}).setdefault(hour, (mean, lowest, highest))
    return hours


def _first_hour(period: Period, now: datetime) -> datetime:
    return now - HOURS.get(period, 0) * HOUR


def _days(base: Base, metrics: Sequence[str], days: Sequence[date]) -> Values:
    found = measured_days(base_pk=base.pk, metrics=metrics, first=days[0], last=days[-1])
    return {
        metric: {day: (value.mean, value.lowest, value.highest) for day, value in values.items()}
        for metric, values in found.items()
    }


def _table(shown: Sequence[Face], lines: Sequence[Stretch], values: Values) -> Iterator[Line]:
    """Yield the lines, the newest first."""
    for stretch in reversed(lines):
        yield Line(stretch.label, [_cell(face, stretch, values[face.key]) for face in shown])


def _cell(face: Face, stretch: Stretch, values: Mapping[Any, Value]) -> str:
    """Return mean, lowest and highest of a stretch, every moment weighing the same; empty without any."""
    known = [values[moment] for moment in stretch.moments if moment in values]
    means = [mean for mean, _lowest, _highest in known if mean is not None]
    if not means:
        return ""
    mean = mean_of(means, current_vocabulary().kind(face.key)) or 0.0
    lowest, highest = min(value[1] for value in known), max(value[2] for value in known)
    return f"{face.text(mean)} ({face.text(lowest)}…{face.text(highest)})"
