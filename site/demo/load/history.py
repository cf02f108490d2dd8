"""What the stations measured before the demo was started, so that charts have something to show."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from demo.load.county import County
from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.models import Device
from telemetry.rollups import roll_up_dirty_hours
from telemetry.simulate.history import history

# hours back, minutes apart: a season for its hours, the week of the health board, then the last minutes
TIERS = ((170 * 24, 60), (8 * 24, 10), (2, 1))
UNTIL = timedelta(minutes=6)  # before now: what is younger comes from the running station
A_BATCH = 1_000


def add_history(county: County) -> None:
    """Write the season of each station by the hour and the last days densely, through the one writer."""
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
    until = county.calendar.at - UNTIL
    began, ended = _outage(device, county)
    for hours, minutes in TIERS:
        for reading in history(device, hours=hours, until=until, minutes=minutes):
            if not began <= reading.at < ended:
                yield reading


def _outage(device: Device, county: County) -> tuple[datetime, datetime]:
    """Return when the station was without power; the content names days back, or none."""
    for base in county.content("bases")["base"]:
        for words in base.get("device", []):
            if words["device_id"] == device.device_id and "without_power" in words:
                began, ended = words["without_power"]
                return county.calendar.moment(began, "13:20"), county.calendar.moment(ended, "09:40")
    return county.calendar.at, county.calendar.at
