"""Where an article comes from: its licence, its newest batches, the base they grew on."""

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from brand.licences.rights import licence_covering
from brand.models import Licence, Product
from record.models import Batch
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
    trace_url: str


def origin(product: Product, *, on: date) -> Origin:
    """Return the origin of a licensed product as of a day. Three queries."""
    batches = list(
        product.batches.filter(recalled_at=None)
        .select_related("base__region", "base__image")
        .order_by("-harvested_on", "-pk")[:NEWEST]
    )
    recalled = list(product.batches.exclude(recalled_at=None).order_by("-recalled_at")[:NEWEST])
    licence = licence_covering(product, on=on)
    base = batches[0].base if batches else None
    return Origin(product, licence, batches, recalled, base, _trace_url(product))


def _trace_url(product: Product) -> str:
    """Return the record page of the product; products without a GTIN have none."""
    if not product.gtin:
        return ""
    try:
        return reverse("record:product", args=[product.gtin])
    except NoReverseMatch:
        return f"/trace/products/{product.gtin}/"
