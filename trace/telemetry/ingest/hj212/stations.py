"""Who sends an HJ 212 frame: MN and PW against the stations and devices in use."""

import time
from typing import NamedTuple

from telemetry.credentials import check_password
from telemetry.ingest.hj212.heads import MN_WRONG, PW_WRONG
from telemetry.models import Device, Hj212Station

REMEMBERED_FOR = 10.0  # s: a password taken away stops working after that
MOST = 4_096


class Sender(NamedTuple):
    """The device behind a frame, or which field is wrong (a value of QnRtn)."""

    device_id: str = ""
    problem: int = 0


class Stations:
    """Answers who sends, remembering it for seconds: a password costs half a millisecond to check."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Sender, float]] = {}

    def find(self, *, mn: str, pw: str) -> Sender:
        """Return the sender with that number and password. One query, or two, or none."""
        now = time.monotonic()
        known = self._known.get((mn, pw))
        if known and known[1] > now:
            return known[0]
        sender = _look_up(mn, pw)
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[mn, pw] = sender, now + REMEMBERED_FOR
        return sender


def _look_up(mn: str, pw: str) -> Sender:
    """Return the sender: a number registered for HJ 212 comes before a device's own id."""
    stations = Hj212Station.objects.filter(mn=mn, device__is_active=True)
    found = stations.values_list("device__device_id", "password_hash").first()
    if not found:
        found = (
            Device.objects.filter(device_id=mn, is_active=True)
            .values_list("device_id", "password_hash")
            .first()
        )
    if not found:
        return Sender(problem=MN_WRONG)
    device_id, hashed = found
    return Sender(device_id) if check_password(pw, hashed) else Sender(problem=PW_WRONG)
