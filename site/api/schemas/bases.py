"""Bases, devices and readings on the wire."""

from datetime import date, datetime
from decimal import Decimal

from ninja import Schema


class BaseOut(Schema):
    """A place where it grows."""

    slug: str
    name: str
    region: str
    place: str
    crops: str
    area_mu: Decimal | None
    latitude: Decimal | None
    longitude: Decimal | None
    url: str


class BasesOut(Schema):
    """A page of bases."""

    items: list[BaseOut]
    next: str | None = None


class DeviceOut(Schema):
    """A device in use, with its newest values in the units of /metrics."""

    id: str
    name: str
    online: bool
    last_seen: datetime | None
    at: datetime | None
    values: dict[str, float]


class BaseDetailOut(BaseOut):
    """A base with its devices."""

    about: str
    devices: list[DeviceOut]


class MetricOut(Schema):
    """What is measured, and its unit."""

    key: str
    name: str
    name_en: str
    unit: str
    decimals: int


class MetricsOut(Schema):
    """All metrics that are public."""

    items: list[MetricOut]


class ReadingOut(Schema):
    """What a device measured at one moment."""

    device: str
    at: datetime
    values: dict[str, float]


class ReadingsOut(Schema):
    """A page of readings, by device and time."""

    items: list[ReadingOut]
    next: str | None = None


class MeanOut(Schema):
    """One metric of one device over an hour or a day; `mean` is empty where directions cancel out."""

    device: str
    metric: str
    begins: datetime | date
    count: int
    mean: float | None
    min: float
    max: float


class MeansOut(Schema):
    """A page of means, by device, metric and time."""

    items: list[MeanOut]
    next: str | None = None


class TakenOut(Schema):
    """What became of a message: readings are in the database, `refused` says what was not and why."""

    stored: int
    merged: int
    repeated: int
    refused: list[str]
    unknown: list[str]
