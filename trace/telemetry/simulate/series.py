"""A measured series from a CSV file, as readings to replay.

Columns are metrics by key, or those of the public data set of Beijing stations: ts, pm25, pm10, temp_c,
pres_hpa, dewp_c, wd, wspm_ms. An empty field was not measured.
"""

import csv
import math
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from telemetry import wind
from telemetry.ingest.moments import read_time

_COLUMNS = {"temp_c": "temperature", "pres_hpa": "pressure", "wspm_ms": "wind_speed"}
_NOT_METRICS = {"ts", "wd", "dewp_c", "rain_mm"}
_HOUR = timedelta(hours=1)


class Sample(NamedTuple):
    """What was measured at one time."""

    at: datetime
    values: dict[str, float]


def read_series(path: Path) -> list[Sample]:
    """Return the rows that measured anything, in the order of the file.

    Raises:
        ValueError: a field is not a number, or there is no column `ts`.
    """
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        if "ts" not in (rows.fieldnames or []):
            raise ValueError(f"{path} has no column ts")
        samples = [Sample(read_time(row["ts"]), _values(row)) for row in rows]
    return [sample for sample in samples if sample.values]


def by_the_minute(series: list[Sample]) -> list[Sample]:
    """Return an hourly series as sixty readings an hour with the measured means; any other as it is.

    Within an hour a value leans towards its neighbours, before the middle as far to one side as after it to
    the other, so that the mean of the hour stays what was measured.
    """
    if not _is_hourly(series):
        return series
    before: Iterable[Sample | None] = [None, *series[:-1]]
    after: Iterable[Sample | None] = [*series[1:], None]
    return [
        minute
        for previous, sample, following in zip(before, series, after, strict=True)
        for minute in _minutes(previous, sample, following)
    ]


def redated(series: list[Sample], *, until: datetime) -> list[Sample]:
    """Return the series moved so that it ends in the hour before `until`.

    It moves by whole hours: what was measured in one hour stays in one hour.
    """
    hours = (until - series[-1].at) // _HOUR
    return [Sample(sample.at + hours * _HOUR, sample.values) for sample in series]


def relative_humidity(*, temperature: float, dew_point: float) -> float:
    """Return %RH by the Magnus formula with the constants of Alduchov and Eskridge (1996)."""
    vapour = 17.625 * dew_point / (243.04 + dew_point)
    saturation = 17.625 * temperature / (243.04 + temperature)
    return min(100.0, 100 * math.exp(vapour - saturation))


def _values(row: dict[str, str]) -> dict[str, float]:
    values = {
        _COLUMNS.get(name, name): float(text)
        for name, text in row.items()
        if text and name not in _NOT_METRICS
    }
    if row.get("wd"):
        values["wind_direction"] = wind.degrees(row["wd"])
    if row.get("dewp_c") and "temperature" in values:
        humidity = relative_humidity(temperature=values["temperature"], dew_point=float(row["dewp_c"]))
        values["humidity"] = round(humidity, 2)
    return values


def _is_hourly(series: list[Sample]) -> bool:
    gaps = {later.at - earlier.at for earlier, later in pairwise(series)}
    return bool(gaps) and min(gaps) >= _HOUR


def _minutes(previous: Sample | None, sample: Sample, following: Sample | None) -> Iterator[Sample]:
    slopes = {metric: _slope(metric, previous, sample, following) for metric in sample.values}
    for minute in range(60):
        lean = (minute - 29.5) / 60
        values = {metric: round(value + slopes[metric] * lean, 3) for metric, value in sample.values.items()}
        yield Sample(sample.at + timedelta(minutes=minute), values)


def _slope(metric: str, previous: Sample | None, sample: Sample, following: Sample | None) -> float:
    """Return the change over the hour: half that between the neighbours, never below zero or above 100 %."""
    if metric in {"wind_direction", "wind_force"}:
        return 0
    value = sample.values[metric]
    start = _neighbour(metric, previous, sample, value)
    end = _neighbour(metric, following, sample, value)
    slope = (end - start) / 2
    if metric == "temperature":
        return slope
    room = 2 * min(value, 100 - value if metric == "humidity" else value)
    return max(-room, min(room, slope))


def _neighbour(metric: str, neighbour: Sample | None, sample: Sample, value: float) -> float:
    if neighbour is None or abs(neighbour.at - sample.at) > _HOUR:
        return value
    return neighbour.values.get(metric, value)
