"""Looking for copied codes among those that were just scanned; runs beside the scans, not in their way.

For a turn of codes: one query for the codes, one for alerts of before, one for sales regions, one for the
scans with a place. Then one transaction for each new alert, which is rare.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from record.clones.notify import notify_operators
from record.clones.rules import Sighting, impossible_journey, phones_outside
from record.models import CloneAlert, Code, SalesArea, Scan
from record.scans.recording import most_devices

NEWEST = 60  # scans of one code that are compared; a code with more is watched as they come
_A_TURN = 500
_LOOK_BACK = timedelta(days=90)
Rule = CloneAlert.Rule
Finding = tuple[str, dict[str, Any]]


def watch(*, codes: Collection[int], at: datetime) -> list[CloneAlert]:
    """Open an alert for each sign that one of these codes was copied, and suspect the code.

    A sign that is open already opens nothing. Scans before an operator called a code harmless no longer
    count.
    """
    ordered = sorted(codes)
    opened = []
    for start in range(0, len(ordered), _A_TURN):
        for code, (rule, facts) in _findings(ordered[start : start + _A_TURN], at=at):
            if alert := open_alert(code=code, rule=rule, facts=facts, at=at):
                opened.append(alert)
    return opened


def open_alert(*, code: Code, rule: str, facts: dict[str, Any], at: datetime) -> CloneAlert | None:
    """Open an alert and suspect the code; None when the same sign is open already."""
    try:
        with transaction.atomic():
            # the lock orders this and an operator's decision on another alert of the code
            Code.objects.select_for_update().get(pk=code.pk)
            alert = CloneAlert.objects.create(code=code, rule=rule, facts=facts, opened_at=at)
            Code.objects.filter(pk=code.pk, suspected_at=None).update(suspected_at=at)
    except IntegrityError:
        return None
    transaction.on_commit(lambda: notify_operators(alert=alert, at=at))
    return alert


def _findings(pks: Collection[int], *, at: datetime) -> Iterator[tuple[Code, Finding]]:
    # one that too many phones scanned is known already, and has the most scans to read
    known = CloneAlert.objects.filter(code__in=pks, state=CloneAlert.State.OPEN, rule=Rule.PHONES)
    codes = Code.objects.filter(pk__in=pks, state__in=[Code.State.ACTIVATED, Code.State.SOLD])
    found = {code.pk: code for code in codes.exclude(pk__in=known.values("code"))}
    if not found:
        return
    sightings = _sightings(found, _trusted(found), since=at - _LOOK_BACK)
    areas = {area.product_id: area for area in SalesArea.objects.filter(product__codes__in=found).distinct()}
    for code in found.values():
        for finding in _signs(code, sightings[code.pk], areas.get(code.product_id)):
            yield code, finding


def _signs(code: Code, seen: list[Sighting], area: SalesArea | None) -> Iterator[Finding]:
    if journey := impossible_journey(seen):
        yield Rule.SPEED, journey
    if area and area.provinces:
        outside = phones_outside(seen, sold_in=area.provinces)
        if len(outside) > area.tolerated:
            yield Rule.REGION, {"places": sorted(set(outside.values()))[:5], "phones": len(outside)}
    if code.device_count - code.accepted_devices > most_devices():
        yield Rule.PHONES, {"phones": code.device_count, "most": most_devices()}


def _trusted(codes: Iterable[int]) -> dict[int, datetime]:
    """Return when an operator last called each code harmless."""
    dismissed = CloneAlert.objects.filter(code__in=codes, state=CloneAlert.State.DISMISSED)
    return dict(dismissed.values("code").annotate(last=Max("closed_at")).values_list("code", "last"))


def _sightings(
    codes: dict[int, Code], trusted: dict[int, datetime], *, since: datetime
) -> dict[int, list[Sighting]]:
    """Return the newest scans with a place of each code since it is active and was last found harmless."""
    found: dict[int, list[Sighting]] = defaultdict(list)
    scans = Scan.objects.filter(code__in=codes, at__gte=since).exclude(place="").exclude(device="")
    rows = scans.order_by("code_id", "-at").values_list("code_id", "at", "device", "place")
    for pk, at, device, place in rows.iterator(chunk_size=2_000):
        active, harmless = codes[pk].activated_at, trusted.get(pk)
        counts = (active is None or at >= active) and (harmless is None or at > harmless)
        if counts and len(found[pk]) < NEWEST:
            found[pk].append(Sighting(at, device, place))
    return found
