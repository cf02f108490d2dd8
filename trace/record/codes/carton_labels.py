"""Labels of cartons: what is in them, the SSCC as bars and as a link."""

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, QuerySet

from record.labels import Label, write_sheet_pdf
from record.models import Carton


def print_carton_labels(cartons: QuerySet[Carton], *, out: BinaryIO, preset: str) -> int:
    """Write a label for each carton, in the order of their numbers, and return how many there were.

    Raises:
        NoLabels, UnknownPreset, FontMissing: as `write_sheet_pdf`.
    """
    return write_sheet_pdf(_labels(cartons), out=out, preset=preset)


def carton_link(sscc: str) -> str:
    """Return what the QR code of a carton carries: the Digital Link of its SSCC, in upper case."""
    parts = urlsplit(settings.PUBLIC_BASE_URL)
    return f"{parts.scheme}://{parts.netloc}".upper() + f"/00/{sscc}"


def _labels(cartons: QuerySet[Carton]) -> Iterator[Label]:
    rows = cartons.select_related("batch__product__region").annotate(packed=Count("codes"))
    for carton in rows.order_by("sscc").iterator(1_000):
        product = carton.batch.product
        yield Label(
            link=carton_link(carton.sscc),
            product=product.name,
            pack=f"{product.pack_size} × {carton.packed or carton.capacity}",
            lot=carton.batch.lot,
            serial=carton.sscc,
            region=product.region.slug,
            county=product.region.name,
        )
