"""Printing: the labels of a batch's or a run's codes, in the file a printer or a print house takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db.models import QuerySet

from brand.models import Product
from record.codes.licensing import reasons_against_product
from record.codes.refusals import CodesRefused
from record.digital_link import qr_link
from record.labels import DEFAULT_PRESET, Label, write_csv, write_sheet_pdf, write_svg_zip
from record.models import Batch, Code

_AT_ONCE = 5_000
PinOf = Callable[[int, str], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file labels are written as: labels, file, sheet and whether there are PINs in."""

    media_type: str
    write: Callable[[Iterator[Label], BinaryIO, str, bool], int]


FORMATS: dict[str, Format] = {
    "pdf": Format(
        "application/pdf",
        lambda labels, out, preset, _pins: write_sheet_pdf(labels, out=out, preset=preset),
    ),
    "csv": Format(
        "text/csv; charset=utf-8", lambda labels, out, _preset, pins: write_csv(labels, out=out, pins=pins)
    ),
    "zip": Format(
        "application/zip", lambda labels, out, _preset, pins: write_svg_zip(labels, out=out, pins=pins)
    ),
}


class UnknownFormat(LookupError):
    """Labels are written as pdf, csv or zip."""


def print_labels(
    *, batch: Batch, kind: str, out: BinaryIO, at: datetime, preset: str = DEFAULT_PRESET
) -> int:
    """Write the labels of every living code of `batch` to `out` and return how many there were.

    Raises:
        CodesRefused: no licence covers the product: no label with the brand is printed for it.
        UnknownFormat: no such kind of file.
        NoLabels: the batch has no codes (for a sheet; a table is then only its head).
        UnknownPreset: no such sheet.
        FontMissing: the front-end packages are not installed.
    """
    if reasons := list(reasons_against_product(batch.product, at=at)):
        raise CodesRefused(reasons)
    codes = Code.objects.filter(batch=batch)
    return write_labels(codes, product=batch.product, kind=kind, out=out, preset=preset)


def write_labels(
    codes: QuerySet[Code],
    *,
    product: Product,
    kind: str,
    out: BinaryIO,
    preset: str = DEFAULT_PRESET,
    pin_of: PinOf | None = None,
) -> int:
    """Write the labels of those `codes` of `product` that are not void; `pin_of(key, serial)` gives a PIN.

    Raises:
        UnknownFormat, NoLabels, UnknownPreset, FontMissing: as `print_labels`.
    """
    if kind not in FORMATS:
        raise UnknownFormat(kind)
    labels = _labels(codes, product, pin_of or (lambda _key, _serial: ""))
    return FORMATS[kind].write(labels, out, preset, pin_of is not None)


def _labels(codes: QuerySet[Code], product: Product, pin_of: PinOf) -> Iterator[Label]:
    living = codes.exclude(state=Code.State.VOIDED).order_by("pk")
    for key, serial, lot in living.values_list("pk", "serial", "batch__lot").iterator(_AT_ONCE):
        yield Label(
            link=qr_link(base_url=settings.PUBLIC_BASE_URL, gtin=product.gtin, serial=serial),
            product=product.name,
            pack=product.pack_size,
            lot=lot or "",
            serial=serial,
            region=product.region.slug,
            county=product.region.name,
            art=product.art,
            pin=pin_of(key, serial),
        )
