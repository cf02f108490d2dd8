"""What happened to packages once they were out: scans over weeks, a copied code, what buyers reported."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from demo.load.county import County
from record.analytics.count import SETTLED, read_new_scans
from record.clones.decide import dismiss_alert
from record.models import Batch, CloneAlert, Code, ConsumerReport, SalesArea
from record.reports.handle import handle_report
from record.reports.receive import About, receive_report
from record.scans.devices import device_mark, new_token
from record.scans.places import Place
from record.scans.recording import record_scan

UNTOUCHED = 5  # codes of a batch that `add_scans` uses
BUYERS = 2  # one code in so many of the rest is scanned


def add_watching(county: County) -> None:
    """Add scans by buyers, sales regions, copied codes with their alerts, and consumer reports."""
    words = county.content("watching")
    for area in words.get("sold", []):
        SalesArea.objects.create(product=county.products[area["product"]], provinces=area["provinces"])
    for batch in county.batches.values():
        _scan_as_buyers_do(county, batch, words["homes"])
    for copied in words.get("copied", []):
        _copy(county, copied)
    for report in words.get("report", []):
        _report(county, report)
    _count(county)


def _scan_as_buyers_do(county: County, batch: Batch, homes: list[str]) -> None:
    codes = list(_active(batch)[UNTOUCHED:])
    for code in codes[: len(codes) // BUYERS]:
        days = 1 + secrets.randbelow(max(1, _days_out(county, code) - 1))
        _scan(county, code, days, f"{8 + secrets.randbelow(13):02}:{secrets.randbelow(60):02}", homes)
        if secrets.randbelow(3) == 0 and days > 3:
            _scan(county, code, days - 2, f"{9 + secrets.randbelow(11):02}:{secrets.randbelow(60):02}", homes)


def _active(batch: Batch) -> Any:
    if batch.is_recalled:
        return Code.objects.none()
    return Code.objects.filter(batch=batch, state=Code.State.ACTIVATED).order_by("pk")


def _days_out(county: County, code: Code) -> int:
    activated = code.activated_at or county.calendar.at
    return min(60, (county.calendar.at - activated).days)


def _scan(county: County, code: Code, days: int, clock: str, homes: list[str]) -> None:
    _record(code, secrets.choice(homes), county.calendar.moment(days, clock))


def _record(code: Code, place: str, at: datetime) -> None:
    province, _space, city = place.partition(" ")
    mark = device_mark(token=new_token(), serial=code.serial)
    record_scan(serial=code.serial, device=mark, place=Place(province, city), at=at)


def _copy(county: County, words: dict[str, Any]) -> None:
    """Scan the last active code of a batch where one package cannot have been."""
    code = _active(county.batches[words["batch"]]).last()
    for days, clock, place in words["scans"]:
        _record(code, place, county.calendar.moment(days, clock))
    if "harmless" in words:
        _count(county)
        found = CloneAlert.objects.filter(code=code, state=CloneAlert.State.OPEN)
        for alert in found:
            dismiss_alert(alert=alert, note=words["harmless"], by=_operator(), at=county.calendar.at)


def _count(county: County) -> None:
    """Count what was scanned: one call sees, the next reads."""
    read_new_scans(at=county.calendar.at - 2 * SETTLED)
    read_new_scans(at=county.calendar.at)


def _report(county: County, words: dict[str, Any]) -> None:
    batch = county.batches[words["batch"]]
    code = _active(batch).filter(scan_count__gt=0).last()
    about = About.code(code) if code else About.of_batch(batch)
    facts = {name: words.get(name, "") for name in ("kind", "text", "contact")}
    report = receive_report(about=about, at=county.calendar.moment(words["days"], words["time"]), **facts)
    for step in words.get("steps", []):
        _step(county, report, step)


def _step(county: County, report: ConsumerReport, words: dict[str, Any]) -> None:
    handle_report(
        report=report,
        state=words["state"],
        reply=words.get("reply", ""),
        note=words.get("note", ""),
        by=_operator(),
        at=min(
            county.calendar.moment(words["days"], words["time"]), county.calendar.at - timedelta(minutes=5)
        ),
    )
    report.refresh_from_db()


def _operator() -> User | None:
    return User.objects.filter(groups__role__slug="trace_operator").first()
