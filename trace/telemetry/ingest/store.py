"""The only writer of readings: a batch of messages becomes rows, in one transaction.

Unique on device and time: a message that comes twice changes nothing, one with other metrics of the same
moment is merged. Late readings are kept and their hours marked for the roll-up, but never shown as live.
Gateways may speak for devices of their own base only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from types import ModuleType
from typing import NamedTuple

import msgspec
from django.db import connection, transaction
from django.utils.translation import gettext as _

from telemetry.ingest import postgresql, sqlite
from telemetry.ingest.clocks import settle_clocks
from telemetry.ingest.inbound import Inbound, Presence, Unreadable
from telemetry.ingest.rows import HOUR, Key, Row, Written, from_microseconds, microseconds, rows_of
from telemetry.live import frames as live
from telemetry.live.publish import publish
from telemetry.models import Device, UnreadableMessage
from telemetry.vocabulary import current_vocabulary

LATE_AFTER = timedelta(minutes=5)
HEARD_EVERY = timedelta(seconds=1)  # `last_seen` of a device that is online is not written more often

RETAINED_WRONG = timedelta(minutes=1)  # a device heard since then is not gone, whatever the broker kept
_PASSWORD = re.compile(rb"(\bPW=)[^;&]*", re.IGNORECASE)
_IS_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}").fullmatch

Frame = tuple[str, str]  # slug of the base, encoded
Batch = Sequence[Inbound]

_TABLES: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}


class Stored(NamedTuple):
    """What became of a batch; what is in no number was known already."""

    inserted: int = 0
    merged: int = 0
    late: int = 0
    refused: int = 0
    frames: list[Frame] = []


class _Known(NamedTuple):
    """What has to be known of a device to store for it."""

    pk: int
    device_id: str
    base: str
    is_active: bool
    online: bool
    last_seen: datetime | None
    clock_offset: float | None


def store(
    messages: Batch,
    *,
    received_at: datetime,
    presences: Sequence[Presence] = (),
    unreadable: Sequence[Unreadable] = (),
) -> Stored:
    """Write a batch and publish what is new of it once it is committed.

    `received_at` is the clock that decides what is ahead, late and online. Readings of unknown devices are
    kept as unreadable messages. Raises nothing of its own: what the database raises goes to the caller,
    who has acknowledged nothing yet.
    """
    with transaction.atomic():
        devices = _lock_devices({*_senders(messages), *(presence.device_id for presence in presences)})
        accepted, refused = _admit(messages, devices, received_at)
        offsets = {device.device_id: device.clock_offset for device in devices.values()}
        settled, changed = settle_clocks(accepted, offsets=offsets, received_at=received_at)
        rows = rows_of(settled, {device.device_id: device.pk for device in devices.values()})
        written = _write(rows, received_at)
        statuses = _note_presence(settled, presences, devices, received_at)
        _note_offsets(changed)
        _keep_unreadable([*unreadable, *refused])
        readings = _live_readings(rows, written, devices, received_at)
        frames = [*statuses, *readings]
        if frames:
            transaction.on_commit(partial(publish, frames))
    oldest = microseconds(received_at - LATE_AFTER)
    late = sum(at < oldest for _device, at in rows)
    return Stored(len(written.inserted), len(written.merged), late, len(refused), frames)


def _senders(messages: Batch) -> Iterator[str]:
    for message in messages:
        yield message.device_id
        if message.via:
            yield message.via


def _lock_devices(device_ids: Iterable[str]) -> dict[str, _Known]:
    """Return the devices by id, locked in the order of their keys so that two writers cannot deadlock."""
    fields = ("pk", "device_id", "base__slug", "is_active", "online", "last_seen", "clock_offset")
    found = Device.objects.filter(device_id__in=[one for one in device_ids if _IS_ID(one)]).order_by("pk")
    locked = found.select_for_update(of=("self",), no_key=True) if _locks_rows() else found
    known = (_Known(*row) for row in locked.values_list(*fields))
    return {device.device_id: device for device in known}


def _locks_rows() -> bool:
    return bool(connection.features.has_select_for_update)


def _admit(
    messages: Batch, devices: dict[str, _Known], received_at: datetime
) -> tuple[list[Inbound], list[Unreadable]]:
    """Return the messages that may be stored, and the others with the reason why not."""
    accepted, refused = [], []
    for message in messages:
        device = devices.get(message.device_id)
        reason = _objection(message, device, devices.get(message.via))
        if reason:
            refused.append(_unreadable(message, reason, received_at))
        else:
            accepted.append(message)
    return accepted, refused


def _objection(message: Inbound, device: _Known | None, gateway: _Known | None) -> str:
    if device is None:
        return _("no such device: %(device)s") % {"device": message.device_id[:64]}
    if not device.is_active:
        return _("the device is not in use")
    if message.via and (gateway is None or gateway.base != device.base or not gateway.is_active):
        return _("%(gateway)s may not speak for a device of another base") % {"gateway": message.via[:64]}
    return ""


def _unreadable(message: Inbound, reason: str, received_at: datetime) -> Unreadable:
    payload = msgspec.json.encode({"ts": message.at.isoformat(), "values": message.values})
    return Unreadable(message.device_id, "", payload, reason, received_at)


def _write(rows: dict[Key, Row], received_at: datetime) -> Written:
    if not rows:
        return Written(set(), set())
    tables = _TABLES[connection.vendor]
    written = tables.upsert_readings(rows, received_at=received_at)
    hours = {(device, at // HOUR) for device, at in written.inserted | written.merged}
    if hours:
        tables.mark_dirty({(device, from_microseconds(hour * HOUR)) for device, hour in hours})
    return written


def _note_presence(
    messages: Batch, presences: Sequence[Presence], devices: dict[str, _Known], received_at: datetime
) -> list[Frame]:
    """Write who is online and since when heard; return a frame for each device that came or went.

    A device that said it goes and then sent something in the same batch is back with its next message.
    """
    heard = {message.device_id: True for message in messages}
    heard |= {
        presence.device_id: presence.online
        for presence in presences
        if presence.device_id in devices
        and not _is_outdated(presence, devices[presence.device_id], received_at)
    }
    came = [devices[device_id] for device_id, online in heard.items() if online]
    went = [devices[device_id] for device_id, online in heard.items() if not online]
    stale = [device.pk for device in came if _is_stale(device, received_at)]
    if stale:
        Device.objects.filter(pk__in=stale).update(online=True, last_seen=received_at)
    if any(device.online for device in went):
        Device.objects.filter(pk__in=[device.pk for device in went]).update(online=False)
    return [
        *(_status(device, True, received_at) for device in came if not device.online and device.is_active),
        *(_status(device, False, device.last_seen) for device in went if device.online),
    ]


def _is_outdated(presence: Presence, device: _Known, received_at: datetime) -> bool:
    """Tell whether what the broker retained says nothing: it does not say since when."""
    if not presence.retained:
        return False
    return presence.online or bool(device.last_seen and device.last_seen > received_at - RETAINED_WRONG)


def _is_stale(device: _Known, received_at: datetime) -> bool:
    return not (device.online and device.last_seen and device.last_seen > received_at - HEARD_EVERY)


def _status(device: _Known, online: bool, last_seen: datetime | None) -> Frame:
    return device.base, live.status(device=device.device_id, online=online, last_seen=last_seen)


def _note_offsets(changed: dict[str, float | None]) -> None:
    for device_id, offset in changed.items():
        Device.objects.filter(device_id=device_id).update(clock_offset=offset)


def _keep_unreadable(messages: Sequence[Unreadable]) -> None:
    UnreadableMessage.objects.bulk_create(
        UnreadableMessage(
            device_id=_clean(message.device_id)[:64],
            topic=_clean(message.topic)[:200],
            payload=without_password(message.payload)[: UnreadableMessage.PAYLOAD_KEPT],
            size=len(message.payload),
            reason=_clean(message.reason)[:500],
            out_of_range=_between_commas(message.out_of_range),
            received_at=message.received_at,
        )
        for message in messages
    )


def without_password(payload: bytes) -> bytes:
    """Return a message without the password of an HJ 212 frame: who reads what was refused needs none."""
    return _PASSWORD.sub(rb"\1***", payload)


def _between_commas(metrics: Sequence[str]) -> str:
    """Return keys each between commas, so that one is found by `,key,`; as many as fit."""
    text = ""
    for key in sorted(set(metrics)):
        if len(text) + len(key) + 2 <= UnreadableMessage.METRICS_KEPT:
            text = f"{text or ','}{key},"
    return text


def _clean(text: str) -> str:
    """Return text that both databases take: no lone surrogates, no NUL."""
    return text.encode(errors="replace").decode().replace("\0", "�")


def _live_readings(
    rows: dict[Key, Row], written: Written, devices: dict[str, _Known], received_at: datetime
) -> list[Frame]:
    """Return the frames of what is new and not late, oldest first, only public metrics.

    Of several readings of a device with the same metrics, which in a flood fall into one batch, only the
    newest: nobody could see the others.
    """
    by_pk = {device.pk: device for device in devices.values()}
    oldest = microseconds(received_at - LATE_AFTER)
    fresh = sorted(
        (key for key in written.inserted | written.merged if key[1] >= oldest), key=lambda key: key[1]
    )
    newest = {(key[0], frozenset(rows[key].values)): key for key in fresh}
    public = set(current_vocabulary().public_keys)
    return [frame for key in newest.values() for frame in _reading(by_pk[key[0]], rows[key], public)]


def _reading(device: _Known, row: Row, public: set[str]) -> Iterator[Frame]:
    values = {key: value for key, value in row.values.items() if key in public}
    if values:
        yield device.base, live.reading(device=device.device_id, at=row.at, values=values)
