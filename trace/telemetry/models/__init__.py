"""Metrics, bases, devices and what devices measured."""

from telemetry.models.bases import Base
from telemetry.models.devices import Device, DeviceModel
from telemetry.models.metrics import Metric, MetricLimit
from telemetry.models.readings import DirtyHour, HourlyReading, Reading, UnreadableMessage

__all__ = [
    "Base",
    "Device",
    "DeviceModel",
    "DirtyHour",
    "HourlyReading",
    "Metric",
    "MetricLimit",
    "Reading",
    "UnreadableMessage",
]
