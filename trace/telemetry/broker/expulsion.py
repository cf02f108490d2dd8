"""Ends the connections of devices whose password was changed or taken away, or that are not in use any more.

Mosquitto does the same when it reads its password file again.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping

from django.db import DatabaseError, close_old_connections, connection

from telemetry.broker.access import INGEST_USER
from telemetry.broker.careful import CarefulBroker
from telemetry.credentials import check_password
from telemetry.models import Device

EVERY = 2.0  # s: so long a device whose password was taken away may still speak

log = logging.getLogger(__name__)


def password_hashes(users: Iterable[str]) -> dict[str, str]:
    """Return the password hashes of those users that are devices in use. One query."""
    close_old_connections()
    try:
        devices = Device.objects.filter(device_id__in=set(users), is_active=True)
        return dict(devices.values_list("device_id", "password_hash"))
    finally:
        connection.close()  # broker threads come and go


class Expulsion:
    """Looks again and again at who is connected."""

    def __init__(self, broker: CarefulBroker) -> None:
        self._broker = broker
        self._agreed: dict[tuple[str, str], str] = {}  # user, password: the hash it fitted

    async def run(self) -> None:
        """Look every `EVERY` seconds until cancelled; a database that is away ends nobody's connection."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except DatabaseError:
                log.warning("who may stay connected cannot be asked now", exc_info=True)

    async def look(self) -> None:
        """Hang up on who would not be let in again."""
        connected = [
            (session.username or "", session.password or "", handler)
            for session, handler in list(self._broker.sessions.values())
            if session.transitions.state == "connected" and session.username != INGEST_USER
        ]
        if not connected:
            return
        hashes = await asyncio.to_thread(password_hashes, [user for user, *_ in connected])
        for user, password, handler in connected:
            if not self._may_stay(user, password, hashes) and handler.writer is not None:
                log.info("%s is thrown out: its password does not hold any more", user)
                await handler.writer.close()  # its last will then says that it is gone

    def _may_stay(self, user: str, password: str, hashes: Mapping[str, str]) -> bool:
        """Check the password again only when its hash is another one: a check costs half a millisecond."""
        hashed = hashes.get(user, "")
        if self._agreed.get((user, password)) == hashed and hashed:
            return True
        if not check_password(password, hashed):
            return False
        self._agreed[user, password] = hashed
        return True
