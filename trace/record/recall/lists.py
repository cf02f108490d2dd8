"""The lists a recall is worked from, as CSV that spreadsheets open: batches, members, codes, parcels.

Rows are yielded as they are read, so a million codes need no more memory than a hundred.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from record.models import Code, Recall
from record.recall.act import OUT
from record.recall.parcels import parcels_with

_BOM = "\ufeff"  # without it Excel reads UTF-8 as GBK
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Rows = Iterator[Iterable[Any]]


def recall_list(recall: Recall, kind: str) -> Iterator[str]:
    """Yield the lines of one list.

    Raises:
        KeyError: there is no such list.
    """
    return _lines(LISTS[kind](recall))


def _batches(recall: Recall) -> Rows:
    yield _("Product"), "GTIN", _("Lot"), _("Member"), _("Base"), _("Packages out"), _("Lifted at"), _("Why")
    entries = recall.entries.select_related("batch__product__member", "batch__base")
    for entry in entries.iterator(chunk_size=2_000):
        batch = entry.batch
        product = batch.product
        lifted = timezone.localtime(entry.lifted_at).strftime("%Y-%m-%d %H:%M") if entry.lifted_at else ""
        yield (
            product,
            product.gtin or "",
            batch.lot,
            product.member.name,
            batch.base.name,
            entry.codes_out,
            lifted,
            entry.lift_reason,
        )


def _members(recall: Recall) -> Rows:
    yield _("Member"), _("Phone"), _("Address"), _("Batches"), _("Packages out")
    columns = ("name", "phone", "address")
    paths = [f"batch__product__member__{column}" for column in columns]
    rows = recall.entries.order_by().values_list("batch__product__member", *paths)
    out = Count("batch__codes", filter=Q(batch__codes__state__in=OUT))
    counted = rows.annotate(batches=Count("batch", distinct=True), out=out).order_by(paths[0])
    for _member, *facts in counted:
        yield facts


def _codes(recall: Recall) -> Rows:
    yield _("Serial"), _("Product"), _("Lot"), _("State"), "SSCC", _("Scans")
    codes = Code.objects.filter(batch__recall_entries__recall=recall).exclude(state=Code.State.VOIDED)
    rows = codes.order_by("batch", "pk").values_list(
        "serial", "product__name", "batch__lot", "state", "carton__sscc", "scan_count"
    )
    labels = {state.value: str(state.label) for state in Code.State}
    for serial, name, lot, state, sscc, scans in rows.iterator(chunk_size=5_000):
        yield serial, name, lot, labels[state], sscc or "", scans


def _parcels(recall: Recall) -> Rows:
    yield _("Parcel"), _("Lot"), _("Recipient"), _("Contact"), _("Serials")
    lots = dict(recall.entries.values_list("batch", "batch__lot"))
    for parcel in parcels_with(lots):
        yield parcel.number, lots[parcel.batch], parcel.recipient, parcel.contact, " ".join(parcel.serials)


LISTS: dict[str, Callable[[Recall], Rows]] = {
    "batches": _batches,
    "members": _members,
    "codes": _codes,
    "parcels": _parcels,
}


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def _lines(rows: Rows) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield _BOM
    for row in rows:
        yield writer.writerow([_plain(str(cell)) for cell in row])


def _plain(text: str) -> str:
    """Keep a spreadsheet from calculating what somebody typed."""
    return f"'{text}" if text.startswith(_FORMULA) else text
