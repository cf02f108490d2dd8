"""One hour of one device: from its readings to an hourly value of each metric."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from telemetry.means import mean_of
from telemetry.upserts import HourRow
from telemetry.vocabulary import current_vocabulary

Values = Mapping[str, float]


def hourly_readings(device: int, hour: datetime, readings: Iterable[Values]) -> Iterator[HourRow]:
    """Yield the value of every metric measured in that hour."""
    vocabulary = current_vocabulary()
    for metric, series in _by_metric(readings).items():
        yield HourRow(
            device_id=device,
            metric=metric,
            hour=hour,
            readings=len(series),
            mean=mean_of(series, vocabulary.kind(metric)),
            min=min(series),
            max=max(series),
        )


def together(one: HourRow, other: HourRow) -> HourRow:
    """Return the value of an hour two parts of whose readings were rolled up apart.

    Exact but for directions, where each part counts as steady: how much it turned is not kept.
    """
    known = [(part.mean, float(part.readings)) for part in (one, other) if part.mean is not None]
    means, counts = [mean for mean, _count in known], [count for _mean, count in known]
    return HourRow(
        device_id=one.device_id,
        metric=one.metric,
        hour=one.hour,
        readings=one.readings + other.readings,
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
