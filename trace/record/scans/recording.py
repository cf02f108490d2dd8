"""Scans: what happens when somebody looks a code up, and what they may believe."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL

from record.models import Code
from record.scans.places import Place
from record.scans.verdicts import Facts, SeenScan, Verdict, judge

JUST_NOW = timedelta(minutes=1)
MOST_DEVICES = 100  # phones that may look at one package before it is odd; TRACE_SUSPICIOUS_DEVICES

# The hottest write of the product, as SQL: through the ORM it takes two statements more and four times the
# CPU. PostgreSQL and SQLite both know RETURNING. In an UPDATE every right-hand side sees the row as it was.
# A scan before the code is active (the packer tries the label) is kept, but neither counted nor ever first.
_COUNT = """
    UPDATE record_code SET
        scan_count = CASE WHEN activated_at <= %s THEN scan_count + 1 ELSE scan_count END,
        device_count = CASE WHEN scan_count = 0 AND activated_at <= %s THEN 1 ELSE device_count END,
        first_device = CASE WHEN scan_count = 0 AND activated_at <= %s THEN %s ELSE first_device END,
        first_scanned_at = CASE WHEN scan_count = 0 AND activated_at <= %s THEN %s ELSE first_scanned_at END
    WHERE serial = %s {of}
    RETURNING id, state, scan_count, device_count, first_device, activated_at, suspected_at, accepted_devices,
        (SELECT recalled_at FROM record_batch WHERE record_batch.id = record_code.batch_id)
"""
_OF = "AND product_id = (SELECT id FROM brand_product WHERE gtin = %s)"
_NEWEST = """(
    SELECT {together}({one}(at, place, device)) FROM (
        SELECT at, place, device FROM record_scan
        WHERE code_id = record_code.id AND at >= record_code.activated_at
        ORDER BY at DESC, id DESC LIMIT 3
    ) AS newest
)"""
_JSON = {"postgresql": ("jsonb_agg", "jsonb_build_array"), "sqlite": ("json_group_array", "json_array")}
_KNOWN = "SELECT 1 FROM record_scan WHERE code_id = %s AND device = %s AND at >= %s LIMIT 1"
_INSERT = "INSERT INTO record_scan (code_id, at, device, place) VALUES (%s, %s, %s, %s)"


class UnknownCode(LookupError):
    """No such serial was ever issued."""


def record_scan(
    *, serial: str, device: str, place: Place | None, at: datetime, gtin: str | None = None
) -> Verdict:
    """Record one scan of `serial` by the phone with that mark and say what the visitor may believe.

    With a `gtin` the code must be one of that product: a link that names another is none of ours.

    The first scan is decided by compare-and-set on `first_scanned_at`, so two phones at the same instant
    cannot both be told they are first.

    Raises:
        UnknownCode: the serial was never issued (for that product).
    """
    now = connection.ops.adapt_datetimefield_value(at)
    with transaction.atomic(), connection.cursor() as cursor:
        # Counting locks the row, so what follows sees every scan that was counted before.
        values = [now, now, now, device, now, now, serial, *([gtin] if gtin else [])]
        cursor.execute(_COUNT.format(of=_OF if gtin else ""), values)
        row = cursor.fetchone()
        if row is None:
            raise UnknownCode(serial)
        code, state, scan_count, device_count, first_device, activated_at, *judged = row
        if scan_count > 1:
            device_count += _count_device(cursor, code, device, since=activated_at)
        cursor.execute(_INSERT, [code, now, device, str(place or "")])
    suspected_at, accepted, recalled_at = judged
    facts = Facts(
        state=state,
        recalled=recalled_at is not None,
        scan_count=scan_count,
        device_count=device_count,
        first_device=first_device,
        device=device,
        suspected=suspected_at is not None,
        accepted_devices=accepted,
    )
    return judge(facts, most_devices=most_devices())


def _count_device(cursor: CursorWrapper, code: int, device: str, *, since: Any) -> int:
    """Count the phone if it never scanned this code since it is active; return how many were added."""
    cursor.execute(_KNOWN, [code, device, since])
    if cursor.fetchone():
        return 0
    cursor.execute("UPDATE record_code SET device_count = device_count + 1 WHERE id = %s", [code])
    return 1


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
        suspected=code.suspected_at is not None,
        accepted_devices=code.accepted_devices,
    )
    return judge(facts, most_devices=most_devices())


def with_newest_scans(codes: QuerySet[Code]) -> QuerySet[Code]:
    """Read the newest scans of each code along, in the same query."""
    together, one = _JSON[connection.vendor]
    return codes.annotate(newest=RawSQL(_NEWEST.format(together=together, one=one), [], JSONField()))  # noqa: S611


def newest_scans(code: Code, *, device: str) -> list[SeenScan]:
    """Return the scans that `with_newest_scans` read along, oldest first, as a visitor may see them."""
    rows: list[tuple[str, str, str]] = code.newest or []  # type: ignore[attr-defined]
    return [_seen(at, place, mark, device) for at, place, mark in reversed(rows)]


def _seen(at: str, place: str, mark: str, device: str) -> SeenScan:
    when = datetime.fromisoformat(at)
    when = when if when.tzinfo else when.replace(tzinfo=UTC)  # SQLite keeps times in UTC without saying so
    return SeenScan(at=when, place=place, own=bool(device) and mark == device)


def most_devices() -> int:
    """Return how many phones may look at one package before it is odd."""
    return getattr(settings, "TRACE_SUSPICIOUS_DEVICES", MOST_DEVICES)
