"""Print runs of the demo: codes issued, printed with a checksum and packed into cartons as a packhouse does.

The tables of labels that carry scratch PINs are kept in var/labels/, as a print house would have them:
nobody else knows the digits.
"""

import csv
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

from record.codes.packing import pack_in_order
from record.codes.run_printing import print_run
from record.codes.runs import make_run
from record.codes.selections import listed
from record.models import Batch, Code, CompanyPrefix, PrintRun

PREFIX = "6901234"  # the number every textbook uses; nobody's
PRINTED_AFTER, PACKED_AFTER = timedelta(minutes=10), timedelta(minutes=40)
_SHOWN_PINS = 3


def issue_run(*, batch: Batch, words: dict[str, Any], at: datetime) -> list[str]:
    """Issue and print the codes of a batch as the content says; return the serials in the order printed."""
    run = make_run(
        product=batch.product,
        batch=batch,
        quantity=words["quantity"],
        pins=words.get("pins", PrintRun.Pins.NONE),
        note=words.get("note", ""),
        at=at,
    )
    table = BytesIO()
    print_run(run=run, kind="csv", out=table, at=at + PRINTED_AFTER)
    if run.pins:
        _keep(run, table.getvalue())
    return list(run.codes.order_by("pk").values_list("serial", flat=True))


def fill_cartons(*, batch: Batch, serials: list[str], capacity: int, at: datetime) -> None:
    """Pack the packages into cartons under the association's own company prefix."""
    CompanyPrefix.objects.get_or_create(prefix=PREFIX)
    pack_in_order(batch=batch, codes=listed(serials), capacity=capacity, at=at + PACKED_AFTER)


def known_pins() -> dict[str, str]:
    """Return a few packages in use that nobody has scanned, with the digits under their scratch field."""
    fresh = Code.objects.filter(pin__right_count=0, state=Code.State.ACTIVATED, scan_count=0).order_by("pk")
    tables = [path.read_text("utf-8-sig").splitlines() for path in sorted(_folder().glob("*.csv"))]
    printed = {row[0]: row[-1] for table in tables for row in list(csv.reader(table))[1:]}
    found = (serial for serial in fresh.values_list("serial", flat=True)[:100] if serial in printed)
    return {serial: printed[serial] for serial, _number in zip(found, range(_SHOWN_PINS), strict=False)}


def _keep(run: PrintRun, table: bytes) -> None:
    _folder().mkdir(parents=True, exist_ok=True)
    path = _folder() / f"{run.number}.csv"
    path.touch(mode=0o600)
    path.write_bytes(table)


def _folder() -> Path:
    return Path(settings.VAR) / "labels"
