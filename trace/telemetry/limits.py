"""Means beside the limits in force on their day: 24-hour means of air, day and night means of noise.

A single reading is never compared. A mean is, when enough hours of its period were measured
(`MetricLimit.hours_needed`); it is that of the hourly means (GB 3095), for noise that of their energy
(GB 3096: by day from 6 to 22, by night from 22 to 6).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.core.cache import cache
from django.utils import timezone

from telemetry.means import mean_of
from telemetry.models import MetricLimit
from telemetry.vocabulary import current_vocabulary

REMEMBERED_FOR = 60  # s
MORNING, EVENING = time(6), time(22)
LOOKED_BACK = timedelta(hours=56)  # the longest ago an hour may be that is compared
DAY = timedelta(days=1)

Hours = Mapping[str, Mapping[datetime, tuple[float | None, float, float]]]
"""metric → beginning of the hour → mean, lowest, highest"""
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in force."""

    metric: str
    period: str
    standard: str
    level: str
    value: float
    hours_needed: int
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A mean and the limits of its period, the strictest first."""

    metric: str
    period: str
    first: datetime
    mean: float | None
    hours: int
    limits: tuple[Limit, ...]

    @property
    def is_sure(self) -> bool:
        """Whether enough was measured to compare at all."""
        return self.mean is not None and self.hours >= max(limit.hours_needed for limit in self.limits)

    @property
    def kept(self) -> Limit | None:
        """The strictest limit that the mean keeps."""
        mean = self.mean
        if mean is None or not self.is_sure:
            return None
        return next((limit for limit in self.limits if mean <= limit.value), None)

    @property
    def widest(self) -> Limit:
        """The limit that everybody has to keep."""
        return self.limits[-1]


def compare(hours: Hours, *, at: datetime) -> list[Comparison]:
    """Compare the last whole day and the last whole night before `at`. At most one query, kept a minute.

    Metrics of which no hour was measured are left out.
    """
    found = []
    spans = last_periods(at)
    limits = limits_in_force(on=timezone.localdate(spans[MetricLimit.Period.DAY_MEAN][0]))
    for (metric, period), rules in groupby(limits, key=lambda limit: (limit.metric, limit.period)):
        known = list(_within(hours.get(metric, {}), spans[period]))
        if known:
            found.append(_comparison(metric, period, spans[period], known, tuple(rules)))
    return found


def last_periods(at: datetime) -> dict[str, Span]:
    """Return the last whole calendar day, its hours of day, and the last whole night, by period."""
    today = timezone.localdate(at)
    dawn = today if timezone.localtime(at).time() >= MORNING else today - DAY
    period = MetricLimit.Period
    return {
        period.DAY_MEAN: (_moment(today - DAY, time.min), _moment(today, time.min)),
        period.DAY: (_moment(today - DAY, MORNING), _moment(today - DAY, EVENING)),
        period.NIGHT: (_moment(dawn - DAY, EVENING), _moment(dawn, MORNING)),
    }


def limits_in_force(*, on: date) -> Sequence[Limit]:
    """Return the limits of public metrics by metric and period, the strictest first."""
    key = f"telemetry.limits:{on}"
    found: list[Limit] | None = cache.get(key)
    if found is None:
        rows = MetricLimit.objects.in_force(on=on).filter(metric__is_public=True)
        fields = ("metric__key", "period", "standard", "level", "value", "hours_needed", "valid_to")
        ordered = rows.order_by("metric__position", "metric__key", "period", "value")
        found = [Limit(*row) for row in ordered.values_list(*fields)]
        cache.set(key, found, REMEMBERED_FOR)
    return found


def _comparison(
    metric: str, period: str, span: Span, means: Sequence[float], limits: tuple[Limit, ...]
) -> Comparison:
    mean = mean_of(means, current_vocabulary().kind(metric))
    return Comparison(metric, period, span[0], mean, len(means), limits)


def _within(hours: Mapping[datetime, Iterable[float | None]], span: Span) -> Iterator[float]:
    for hour, (mean, *_range) in hours.items():
        if span[0] <= hour < span[1] and mean is not None:
            yield mean


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
