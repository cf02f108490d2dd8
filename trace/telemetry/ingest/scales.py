"""The unit factors of device models, by device id, remembered."""

import time
from collections.abc import Mapping

from telemetry.models import Device

REMEMBERED_FOR = 10.0  # s

Scales = Mapping[str, Mapping[str, float]]
_remembered: tuple[Scales, float] | None = None


def current_scales() -> Scales:
    """Return the factors of the devices that have any, at most `REMEMBERED_FOR` seconds old."""
    global _remembered  # noqa: PLW0603 - one value per process is the point
    now = time.monotonic()
    if _remembered is None or now - _remembered[1] > REMEMBERED_FOR:
        _remembered = (_read(), now)
    return _remembered[0]


def forget_scales() -> None:
    """Make the next `current_scales` ask the database."""
    global _remembered  # noqa: PLW0603
    _remembered = None


def _read() -> Scales:
    with_model = Device.objects.filter(model__isnull=False).values_list("device_id", "model__scale")
    return {device_id: scale for device_id, scale in with_model if scale}
