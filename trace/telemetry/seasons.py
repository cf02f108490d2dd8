"""The season of a base: what its stations measured from one day to another, a day as one value. Pure but for
`season`, which makes one query.

Accumulated warmth (有效积温) is the sum, over the days with enough hours, of how far the mean temperature of
the day was above the base temperature of the crop.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from telemetry.daily import DayValue, measured_days
from telemetry.means import mean_of
from telemetry.vocabulary import current_vocabulary

TEMPERATURE = "temperature"
FEWEST_HOURS = 20  # of a day: with fewer its mean leans to the day or to the night
DAY = timedelta(days=1)

Days = Mapping[date, DayValue]


@dataclass(frozen=True, slots=True)
class Course:
    """One metric over a season."""

    metric: str
    mean: float | None
    lowest: float
    lowest_on: date
    highest: float
    highest_on: date
    hours: int


@dataclass(frozen=True, slots=True)
class Warmth:
    """Accumulated warmth above `base` ℃; `left_out` counts the days that lack hours."""

    degree_days: float
    base: Decimal
    left_out: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Days after one another without any reading."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first) // DAY + 1


@dataclass(frozen=True, slots=True)
class Season:
    """What was measured from `first` to `last`, both included."""

    first: date
    last: date
    courses: tuple[Course, ...]
    temperature: Days
    warmth: Warmth | None
    gaps: tuple[Gap, ...]

    @property
    def hours(self) -> int:
        """How many hours it has."""
        return ((self.last - self.first) // DAY + 1) * 24

    @property
    def measured_hours(self) -> int:
        """How many of them were measured, by the metric that has most."""
        return max((course.hours for course in self.courses), default=0)


def season(
    *, base_pk: int, metrics: Collection[str], first: date, last: date, base_temperature: Decimal | None
) -> Season:
    """Return the season of a base from `first` to `last` in these metrics. One query."""
    days = measured_days(base_pk=base_pk, metrics=metrics, first=first, last=last)
    temperature = days.get(TEMPERATURE, {})
    return Season(
        first=first,
        last=last,
        courses=tuple(course(metric, days[metric]) for metric in metrics if days[metric]),
        temperature=temperature,
        warmth=warmth(temperature, base=base_temperature, days=(last - first) // DAY + 1),
        gaps=tuple(gaps({day for values in days.values() for day in values}, first=first, last=last)),
    )


def course(metric: str, days: Days) -> Course:
    """Return the mean, every hour weighing the same, and the extremes with the first day of each."""
    known = [value for value in days.values() if value.mean is not None]
    means, hours = [value.mean or 0.0 for value in known], [value.hours for value in known]
    lowest = min(value.lowest for value in days.values())
    highest = max(value.highest for value in days.values())
    return Course(
        metric=metric,
        mean=mean_of(means, current_vocabulary().kind(metric), hours) if means else None,
        lowest=lowest,
        lowest_on=min(day for day, value in days.items() if value.lowest == lowest),
        highest=highest,
        highest_on=min(day for day, value in days.items() if value.highest == highest),
        hours=sum(value.hours for value in days.values()),
    )


def warmth(temperature: Days, *, base: Decimal | None, days: int) -> Warmth | None:
    """Return the accumulated warmth of a season of `days`; None without a base or a day that counts."""
    means = [v.mean for v in temperature.values() if v.mean is not None and v.hours >= FEWEST_HOURS]
    if base is None or not means:
        return None
    return Warmth(sum(max(0.0, mean - float(base)) for mean in means), base, left_out=days - len(means))


def gaps(measured: Collection[date], *, first: date, last: date) -> Iterator[Gap]:
    """Yield the runs of days from `first` to `last` that are not among `measured`."""
    begun: date | None = None
    for day in _every(first, last):
        if day in measured:
            if begun:
                yield Gap(begun, day - DAY)
            begun = None
        else:
            begun = begun or day
    if begun:
        yield Gap(begun, last)


def _every(first: date, last: date) -> Iterable[date]:
    return (first + number * DAY for number in range((last - first) // DAY + 1))
