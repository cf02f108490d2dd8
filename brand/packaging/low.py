"""The low-stock notice: officers hear of it once, and again only after the shelf was filled up."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from brand.packaging.items import PackagingItem
from brand.packaging.stock import PackagingStock
from brand.telling import tell_officers


def mark_low(stock: PackagingStock, *, item: PackagingItem, at: datetime) -> None:
    """Note on the locked, unsaved row whether officers were told; tell them once the act has committed."""
    is_low = bool(item.low_level) and stock.remaining <= item.low_level
    if not is_low:
        stock.low_told_at = None
    elif stock.low_told_at is None:
        stock.low_told_at = at
        left = stock.remaining
        transaction.on_commit(lambda: _tell(item, left=left, at=at))


def _tell(item: PackagingItem, *, left: int, at: datetime) -> None:
    tell_officers(
        kind="packaging_low",
        context={"item": str(item), "left": left, "unit": item.unit, "county": item.region.name},
        at=at,
        key=f"packaging-low:{item.pk}:{at.isoformat()}",
        url=reverse("brand-packaging-items:desk", args=[item.pk]),
    )
