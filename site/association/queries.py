"""Reads of the pages about members."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from brand.models import Licence, Member, Product, Region
from record.models import Batch

LATEST_BATCHES = 6


def members_of(region: Region | None, *, kind: str, on: date) -> QuerySet[Member]:
    """Return the members of a county, of one legal form if given, licensed ones first.

    2 queries when evaluated: members, their products.
    """
    valid = Licence.objects.valid(on=on).filter(member=OuterRef("pk"))
    members = Member.objects.filter(region=region).annotate(is_licensed=Exists(valid))
    if kind:
        members = members.filter(kind=kind)
    named = Product.objects.order_by("name", "pk").only("member_id", "name", "pack_size")
    return members.prefetch_related(Prefetch("products", named)).order_by("-is_licensed", "name", "pk")


def batches_of(products: Iterable[Product]) -> list[Batch]:
    """Return the newest batches of these products that have a page of their own. 1 query."""
    batches = Batch.objects.filter(product__in=[product.pk for product in products if product.gtin])
    return list(batches.select_related("product", "base").order_by("-harvested_on", "-pk")[:LATEST_BATCHES])
