"""What the stations measured before the demo was started, so that charts have something to show."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from demo.load.county import County
from demo.load.weather import weather
from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.models import Device
from telemetry.rollups import roll_up_dirty_hours

# how long ago it begins, and how far apart the readings are: a season for the weeks, a day for the hours
TIERS = (
    (timedelta(days=170), timedelta(hours=6)),
    (timedelta(hours=30), timedelta(minutes=5)),
    (timedelta(minutes=90), timedelta(minutes=1)),
)
UNTIL = timedelta(minutes=6)  # before now: what is younger comes from the running station
A_BATCH = 1_000


def add_history(county: County) -> None:
    """Write the season of each station thinly and the last day densely, through the one writer."""
    at = county.calendar.at
    for device in Device.objects.filter(base__region=county.region):
        messages = [
            Inbound(device.device_id, moment, weather(device.device_id, moment)) for moment in _moments(at)
        ]
        for start in range(0, len(messages), A_BATCH):
            store(messages[start : start + A_BATCH], received_at=at - UNTIL)
    Device.objects.filter(base__region=county.region).update(online=False)
    roll_up_dirty_hours()


def _moments(at: datetime) -> Iterator[datetime]:
    """Yield when was measured, oldest first."""
    starts = [(at - ago).replace(minute=0, second=0, microsecond=0) for ago, _every in TIERS]
    for (_ago, every), start, end in zip(TIERS, starts, [*starts[1:], at - UNTIL], strict=True):
        for number in range(-(-(end - start) // every)):
            yield start + number * every
