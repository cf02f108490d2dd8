"""The past of a simulated station, for the demo loader: made at once and written through `store`."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from telemetry.ingest.inbound import Inbound
from telemetry.models import Device
from telemetry.simulate.weather import measure


def history(device: Device, *, hours: int, until: datetime, minutes: int = 10) -> Iterator[Inbound]:
    """Yield what `device` would have sent in the `hours` before `until`, one reading every `minutes`.

    The times are whole minutes, so that making it twice writes nothing new.
    """
    step = timedelta(minutes=minutes)
    at = (until - timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    region = device.base.region.slug
    while at < until:
        yield Inbound(device.device_id, at, measure(region=region, device_id=device.device_id, at=at))
        at += step
