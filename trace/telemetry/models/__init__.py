"""Metrics, bases, devices and what devices measured."""

from telemetry.models.alerts import Alert, AlertRule
from telemetry.models.assets import CameraPhoto, DevicePhoto
from telemetry.models.bases import Base
from telemetry.models.cameras import Camera, Snapshot
from telemetry.models.daily import DailyReading
from telemetry.models.devices import Device, DeviceModel
from telemetry.models.hj212 import Hj212Station
from telemetry.models.horizon import ReadingsHorizon
from telemetry.models.metrics import Metric, MetricLimit
from telemetry.models.readings import DirtyHour, HourlyReading, Reading, UnreadableMessage

__all__ = [
    "Alert",
    "AlertRule",
    "Base",
    "Camera",
    "CameraPhoto",
    "DailyReading",
    "Device",
    "DeviceModel",
    "DevicePhoto",
    "DirtyHour",
    "Hj212Station",
    "HourlyReading",
    "Metric",
    "MetricLimit",
    "Reading",
    "ReadingsHorizon",
    "Snapshot",
    "UnreadableMessage",
]
