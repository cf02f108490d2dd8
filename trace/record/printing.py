"""Printing: the labels of a batch's codes, in the file a printer or a print house takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from record.digital_link import qr_link
from record.labels import DEFAULT_PRESET, Label, write_csv, write_sheet_pdf, write_svg_zip
from record.models import Batch, Code

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file labels are written as."""

    media_type: str
    write: Callable[[Iterator[Label], BinaryIO, str], int]


FORMATS: dict[str, Format] = {
    "pdf": Format(
        "application/pdf", lambda labels, out, preset: write_sheet_pdf(labels, out=out, preset=preset)
    ),
    "csv": Format("text/csv; charset=utf-8", lambda labels, out, _preset: write_csv(labels, out=out)),
    "zip": Format("application/zip", lambda labels, out, _preset: write_svg_zip(labels, out=out)),
}


class UnknownFormat(LookupError):
    """Labels are written as pdf, csv or zip."""


def print_labels(*, batch: Batch, kind: str, out: BinaryIO, preset: str = DEFAULT_PRESET) -> int:
    """Write the labels of every living code of `batch` to `out` and return how many there were.

    Raises:
        UnknownFormat: no such kind of file.
        NoLabels: the batch has no codes (for a sheet; a table is then only its head).
        UnknownPreset: no such sheet.
        FontMissing: the front-end packages are not installed.
    """
    if kind not in FORMATS:
        raise UnknownFormat(kind)
    return FORMATS[kind].write(batch_labels(batch), out, preset)


def batch_labels(batch: Batch) -> Iterator[Label]:
    """Yield the labels of the codes of `batch` that are not void, in the order they were issued."""
    product = batch.product
    codes = Code.objects.filter(batch=batch).exclude(state=Code.State.VOIDED).order_by("pk")
    for serial in codes.values_list("serial", flat=True).iterator(_AT_ONCE):
        yield Label(
            link=qr_link(base_url=settings.PUBLIC_BASE_URL, gtin=product.gtin, serial=serial),
            product=product.name,
            pack=product.pack_size,
            lot=batch.lot,
            serial=serial,
            region=product.region.slug,
            county=product.region.name,
            art=product.art,
        )
