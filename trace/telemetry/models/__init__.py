"""Metrics, bases, devices and what devices measured."""

from telemetry.models.alerts import Alert, AlertRule
from telemetry.models.assets import CameraPhoto, DevicePhoto
from telemetry.models.bases import Base
from telemetry.models.cameras import Camera, Snapshot
from telemetry.models.devices import Device, DeviceModel
from telemetry.models.metrics import Metric, MetricLimit
from telemetry.models.readings import DirtyHour, HourlyReading, Reading, UnreadableMessage

__all__ = [
    "Alert",
    "AlertRule",
    "Base",
    "Camera",
    "CameraPhoto",
    "Device",
    "DeviceModel",
    "DevicePhoto",
    "DirtyHour",
    "HourlyReading",
    "Metric",
    "MetricLimit",
    "Reading",
    "Snapshot",
    "UnreadableMessage",
]
