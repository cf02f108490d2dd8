"""Where an article comes from: its licence, its newest batches and their papers, the base they grew on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import NoReverseMatch, reverse

from brand.models import Licence, Product
from changes.kept import kept
from lib.prepared import Prepared
from record.models import Batch, Certification, ConformityCertificate
from telemetry.models import Base

NEWEST = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """What a product page tells about the ground under a product."""

    product: Product
    licence: Licence | None
    batches: list[Batch]
    recalled: list[Batch]
    base: Base | None
    certificate: ConformityCertificate | None
    certifications: list[Certification]
    trace_url: str

    @property
    def grown(self) -> Batch | None:
        """Return the newest batch whose season is known from planting to harvest."""
        known = (batch for batch in self.batches if batch.planted_on and batch.harvested_on)
        return next(known, None)

    @property
    def days(self) -> int:
        """Return how many days that batch grew."""
        grown = self.grown
        if grown is None or grown.harvested_on is None or grown.planted_on is None:
            return 0
        return (grown.harvested_on - grown.planted_on).days


def origin(product: Product, *, on: date) -> Origin:
    """Return the origin of a licensed product as of a day. Four queries, kept."""
    return kept.get(("origin", product.pk, on), lambda: _read(product, on=on))


def _read(product: Product, *, on: date) -> Origin:
    newest = _newest(product.pk)
    batches = [batch for batch in newest if batch.recalled_at is None]
    recalled = [batch for batch in newest if batch.recalled_at is not None]
    licences = [licence for licence in _licences(product.pk) if licence.is_valid(on=on)]
    return Origin(
        product=product,
        licence=next(iter(licences), None),
        batches=batches,
        recalled=recalled,
        base=batches[0].base if batches else None,
        certificate=_certificate(batches),
        certifications=[mark for mark in _marks(product.pk) if not mark.valid_to or mark.valid_to >= on],
        trace_url=_trace_url(product),
    )


def _certificate(batches: list[Batch]) -> ConformityCertificate | None:
    """Return the newest certificate of these batches that stands. One query, none without batches."""
    if not batches:
        return None
    standing = ConformityCertificate.objects.filter(batch__in=batches, withdrawn_at=None)
    return standing.order_by("-issued_on", "-pk").first()


def _ranked(product: int) -> Any:
    """Return the newest batches of a product and the newest recalled ones."""
    place = Window(
        RowNumber(),
        partition_by=[ExpressionWrapper(Q(recalled_at=None), output_field=BooleanField())],
        order_by=[F("harvested_on").desc(nulls_last=True), F("pk").desc()],
    )
    ranked = Batch.objects.filter(product=product).annotate(place=place).filter(place__lte=NEWEST)
    return ranked.select_related("base__region", "base__image").order_by("place")


def _trace_url(product: Product) -> str:
    """Return the record page of the product; products without a GTIN have none."""
    if not product.gtin:
        return ""
    try:
        return reverse("record:product", args=[product.gtin])
    except NoReverseMatch:
        return f"/trace/products/{product.gtin}/"


# compiled once for each thread; which of them hold on a day is decided by whoever asks
_newest: Prepared[Batch] = Prepared(_ranked)
_licences: Prepared[Licence] = Prepared(
    lambda key: Licence.objects.filter(
        products=key, state=Licence.State.VALID, member=F("products__member")
    ).order_by("-valid_to", "pk")
)
_marks: Prepared[Certification] = Prepared(
    lambda key: Certification.objects.filter(product=key).select_related("kind").order_by("kind__place", "pk")
)
