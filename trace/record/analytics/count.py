"""Counting scans by day, and having the codes that were scanned watched; nothing waits for it.

Scans are read once, in the order of their numbers. A scan gets its number a moment before it is committed,
so the newest numbers are left until a later call: by then whoever was on the way has arrived.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from record.clones.watch import watch
from record.models import Code, Scan, ScanCursor, ScanDay
from record.scans.provinces import province_of
from record.scans.recording import most_devices

SETTLED = timedelta(seconds=2)  # many times longer than a scan's transaction
A_TURN = 1_000  # on SQLite others wait while a turn is written

Key = tuple[date, int, str]


class Row(NamedTuple):
    """A scan with what the code says of it."""

    pk: int
    at: datetime
    device: str
    place: str
    code: int
    product: int
    state: str
    activated_at: datetime | None
    voided_at: datetime | None
    first_at: datetime | None
    first_device: str
    odd_phones: bool


def read_new_scans(*, at: datetime) -> int:
    """Count the scans that have settled since the last call and return how many they were."""
    done = 0
    while turn := _one_turn(at):
        done += turn
    return done


def _one_turn(at: datetime) -> int:
    with transaction.atomic():
        # the lock: of two that count, the second finds what the first left
        cursor, _made = ScanCursor.objects.select_for_update().get_or_create(pk=1)
        before = cursor.read, cursor.seen, cursor.seen_at
        rows: list[Row] = []
        if cursor.seen_at and cursor.seen_at <= at - SETTLED:
            rows = _rows(after=cursor.read, until=cursor.seen)
            _add(rows)
            cursor.read = rows[-1].pk if len(rows) == A_TURN else cursor.seen
        if cursor.read == cursor.seen:
            newest = Scan.objects.aggregate(newest=Max("pk"))["newest"] or 0
            if newest != cursor.seen or cursor.seen_at is None:
                cursor.seen, cursor.seen_at = newest, at
        if (cursor.read, cursor.seen, cursor.seen_at) != before:  # most calls find nothing to write
            cursor.save()
        watch(codes=_worth_watching(rows), at=at)
    return len(rows)


def _rows(*, after: int, until: int) -> list[Row]:
    scans = Scan.objects.filter(pk__gt=after, pk__lte=until).order_by("pk")
    columns = scans.values_list(
        "pk",
        "at",
        "device",
        "place",
        "code_id",
        "code__product_id",
        "code__state",
        "code__activated_at",
        "code__voided_at",
        "code__first_scanned_at",
        "code__first_device",
        F("code__device_count") - F("code__accepted_devices"),
    )
    most = most_devices()
    return [Row._make((*known, phones > most)) for *known, phones in columns[:A_TURN]]


def _add(rows: Iterable[Row]) -> None:
    """Add to the days; the caller's lock keeps anybody else from doing so."""
    counts: dict[Key, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[timezone.localdate(row.at), row.product, province_of(row.place)][_kind(row)] += 1
    if not counts:
        return
    days = ScanDay.objects.filter(
        day__in={day for day, *_rest in counts}, product__in={product for _day, product, _p in counts}
    )
    known = {(each.day, each.product_id, each.province): each for each in days}
    new = [
        _counted(ScanDay(day=k[0], product_id=k[1], province=k[2]), counts[k]) for k in counts.keys() - known
    ]
    old = [_counted(known[key], counts[key]) for key in counts.keys() & known]
    ScanDay.objects.bulk_create(new)
    ScanDay.objects.bulk_update(old, ["first", "repeat", "other"])


def _counted(day: ScanDay, count: Counter[str]) -> ScanDay:
    day.first += count["first"]
    day.repeat += count["repeat"]
    day.other += count["other"]
    return day


def _kind(row: Row) -> str:
    if row.activated_at is None or row.at < row.activated_at or (row.voided_at and row.at >= row.voided_at):
        return "other"
    return "first" if (row.at, row.device) == (row.first_at, row.first_device) else "repeat"


def _worth_watching(rows: Iterable[Row]) -> set[int]:
    """Return the codes whose new scans can give away a copy: with a place, or by too many phones."""
    in_use = {Code.State.ACTIVATED, Code.State.SOLD}
    return {row.code for row in rows if row.state in in_use and (row.place or row.odd_phones)}
