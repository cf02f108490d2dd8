"""Where an article comes from: its licence, its newest batches and their papers, the base they grew on."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import NoReverseMatch, reverse

from brand.licences.rights import licence_covering
from brand.models import Licence, Product
from record.models import Batch, Certification, ConformityCertificate
from shop.kept import kept
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
        return (grown.harvested_on - grown.planted_on).days if grown else 0


def origin(product: Product, *, on: date) -> Origin:
    """Return the origin of a licensed product as of a day. Four queries, kept."""
    return kept.get(("origin", product.pk, on), lambda: _read(product, on=on))


def _read(product: Product, *, on: date) -> Origin:
    newest = _newest(product)
    batches = [batch for batch in newest if batch.recalled_at is None]
    recalled = [batch for batch in newest if batch.recalled_at is not None]
    standing = ConformityCertificate.objects.filter(batch__in=batches, withdrawn_at=None)
    marks = Certification.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), product=product)
    return Origin(
        product=product,
        licence=licence_covering(product, on=on),
        batches=batches,
        recalled=recalled,
        base=batches[0].base if batches else None,
        certificate=standing.order_by("-issued_on", "-pk").first(),
        certifications=list(marks.select_related("kind").order_by("kind__place", "pk")),
        trace_url=_trace_url(product),
    )


def _newest(product: Product) -> list[Batch]:
    """Return the newest batches and the newest recalled ones. One query."""
    place = Window(
        RowNumber(),
        partition_by=[Q(recalled_at=None)],
        order_by=[F("harvested_on").desc(nulls_last=True), F("pk").desc()],
    )
    ranked = product.batches.annotate(place=place).filter(place__lte=NEWEST)
    return list(ranked.select_related("base__region", "base__image").order_by("place"))


def _trace_url(product: Product) -> str:
    """Return the record page of the product; products without a GTIN have none."""
    if not product.gtin:
        return ""
    try:
        return reverse("record:product", args=[product.gtin])
    except NoReverseMatch:
        return f"/trace/products/{product.gtin}/"
