"""Scans: what happens when somebody looks a code up, and what they may believe."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from record.models import Code, Scan
from record.places import Place
from record.verdicts import Facts, SeenScan, Verdict, judge

JUST_NOW = timedelta(minutes=1)
MOST_DEVICES = 100  # phones that may look at one package before it is odd; TRACE_SUSPICIOUS_DEVICES
_COLUMNS = ("pk", "state", "batch__recalled_at", "scan_count", "device_count", "first_device")


class UnknownCode(LookupError):
    """No such serial was ever issued."""


def record_scan(*, serial: str, device: str, place: Place | None, at: datetime) -> Verdict:
    """Record one scan of `serial` by the phone with that mark and say what the visitor may believe.

    The first scan is decided by compare-and-set on `first_scanned_at`, so two phones at the same instant
    cannot both be told they are first.

    Raises:
        UnknownCode: the serial was never issued.
    """
    with transaction.atomic():
        known = _read(serial=serial)
        if not _claim_first(known, device, at):
            known = _count_another(known, device)
        Scan.objects.create(code_id=known["pk"], at=at, device=device, place=str(place or ""))
    facts = Facts(
        state=known["state"],
        recalled=known["batch__recalled_at"] is not None,
        scan_count=known["scan_count"],
        device_count=known["device_count"],
        first_device=known["first_device"],
        device=device,
    )
    return judge(facts, most_devices=most_devices())


def verdict_on(code: Code, *, device: str, at: datetime) -> Verdict:
    """Return what a visitor who looks at `code` (with its batch) may believe. Records nothing; no query."""
    just_scanned = code.first_scanned_at is not None and at - code.first_scanned_at < JUST_NOW
    facts = Facts(
        state=code.state,
        recalled=code.batch is not None and code.batch.is_recalled,
        scan_count=code.scan_count,
        device_count=code.device_count,
        first_device=code.first_device,
        device=device,
        just_scanned=just_scanned and code.scan_count == 1,
    )
    return judge(facts, most_devices=most_devices())


def newest_scans(code: Code, *, device: str, count: int = 3) -> Iterator[SeenScan]:
    """Yield the newest `count` scans of `code`, oldest first, as a visitor may see them. One query."""
    rows = list(code.scans.order_by("-id").values_list("at", "place", "device")[:count])
    for at, place, mark in reversed(rows):
        yield SeenScan(at=at, place=place, own=bool(device) and mark == device)


def most_devices() -> int:
    """Return how many phones may look at one package before it is odd."""
    return getattr(settings, "TRACE_SUSPICIOUS_DEVICES", MOST_DEVICES)


def _read(**which: Any) -> dict[str, Any]:
    known = Code.objects.filter(**which).values(*_COLUMNS).first()
    if known is None:
        raise UnknownCode(which)
    return known


def _claim_first(known: dict[str, Any], device: str, at: datetime) -> bool:
    """Make this the first scan unless there was one. `known` is brought up to date."""
    if known["scan_count"]:
        return False
    first = {"scan_count": 1, "device_count": 1, "first_device": device}
    unscanned = Code.objects.filter(pk=known["pk"], first_scanned_at=None)
    if not unscanned.update(first_scanned_at=at, **first):
        return False
    known |= first
    return True


def _count_another(known: dict[str, Any], device: str) -> dict[str, Any]:
    """Count a scan that is not the first, and its phone when it is a new one; return what is known now.

    Counting first locks the row, so that two scans by one new phone cannot both find it new.
    """
    code = Code.objects.filter(pk=known["pk"])
    code.update(scan_count=F("scan_count") + 1)
    if not Scan.objects.filter(code=known["pk"], device=device).exists():
        code.update(device_count=F("device_count") + 1)
    return _read(pk=known["pk"])
