"""One hour of one device: from its readings to an hourly value of each metric."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from telemetry.means import mean_of
from telemetry.models import HourlyReading
from telemetry.vocabulary import current_vocabulary

Values = Mapping[str, float]


def hourly_readings(device: int, hour: datetime, readings: Iterable[Values]) -> Iterator[HourlyReading]:
    """Yield the hourly value of every metric measured in that hour, not saved."""
    vocabulary = current_vocabulary()
    for metric, series in _by_metric(readings).items():
        yield HourlyReading(
            device_id=device,
            metric=metric,
            hour=hour,
            count=len(series),
            mean=mean_of(series, vocabulary.kind(metric)),
            min=min(series),
            max=max(series),
        )


def together(one: HourlyReading, other: HourlyReading) -> HourlyReading:
    """Return the value of an hour two parts of whose readings were rolled up apart.

    Exact but for directions, where each part counts as steady: how much it turned is not kept.
    """
    known = [(part.mean, float(part.count)) for part in (one, other) if part.mean is not None]
    means, counts = [mean for mean, _count in known], [count for _mean, count in known]
    return HourlyReading(
        device_id=one.device_id,
        metric=one.metric,
        hour=one.hour,
        count=one.count + other.count,
        mean=mean_of(means, current_vocabulary().kind(one.metric), counts) if means else None,
        min=min(one.min, other.min),
        max=max(one.max, other.max),
    )


def _by_metric(readings: Iterable[Values]) -> dict[str, list[float]]:
    measured: dict[str, list[float]] = defaultdict(list)
    for values in readings:
        for metric, value in values.items():
            measured[metric].append(value)
    return measured
