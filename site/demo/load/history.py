"""What the stations measured before the demo was started, so that charts have something to show."""

from collections.abc import Iterator
from datetime import timedelta

from demo.load.county import County
from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.models import Device
from telemetry.rollups import roll_up_dirty_hours
from telemetry.simulate.history import history

# hours back, minutes apart: a season for its weeks, a day for its hours, then the last minutes
TIERS = ((170 * 24, 360), (30, 5), (2, 1))
UNTIL = timedelta(minutes=6)  # before now: what is younger comes from the running station
A_BATCH = 1_000


def add_history(county: County) -> None:
    """Write the season of each station thinly and the last day densely, through the one writer."""
    until = county.calendar.at - UNTIL
    devices = Device.objects.filter(base__region=county.region).select_related("base__region")
    for device in devices:
        messages = list(_past(device, county))
        for start in range(0, len(messages), A_BATCH):
            store(messages[start : start + A_BATCH], received_at=until)
    devices.update(online=False)
    roll_up_dirty_hours()


def _past(device: Device, county: County) -> Iterator[Inbound]:
    """Yield the readings; where tiers overlap the same moment comes twice, which `store` merges."""
    for hours, minutes in TIERS:
        yield from history(device, hours=hours, until=county.calendar.at - UNTIL, minutes=minutes)
