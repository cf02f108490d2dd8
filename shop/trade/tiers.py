"""Trade prices: from how many pieces on one costs how much."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from shop.partner.models import StockRecord
from shop.selling import covers
from shop.trade.models import PriceTier
from shop.trade.refusals import TradeRefused


def price_of(stockrecord: StockRecord, quantity: int) -> Decimal | None:
    """Return the trade price of one for that many; None below the first tier. One query unless prefetched."""
    reached = [tier for tier in stockrecord.tiers.all() if tier.least <= quantity]
    return max(reached, key=lambda tier: tier.least).price if reached else None


@transaction.atomic
def set_tiers(*, stockrecord: StockRecord, tiers: Sequence[tuple[int, Decimal]]) -> None:
    """Put the trade prices of an article in place of those it had; what was offered stays as offered.

    Raises:
        TradeRefused: a quantity twice or below 2, or a price that does not fall with the quantity.
    """
    ordered = sorted(tiers)
    _refuse(ordered, below=stockrecord.price)
    StockRecord.objects.select_for_update(of=("self",)).get(pk=stockrecord.pk)
    stockrecord.tiers.all().delete()
    PriceTier.objects.bulk_create(
        PriceTier(stockrecord=stockrecord, least=least, price=price) for least, price in ordered
    )


def priced(*, on: date) -> QuerySet[StockRecord]:
    """Return what has trade prices and may be sold that day, tiers and article read along. Two queries."""
    return (
        StockRecord.objects.filter(
            covers("product__brand_product", on=on) | covers("product__parent__brand_product", on=on),
            tiers__isnull=False,
            product__is_public=True,
        )
        .distinct()
        .select_related("product__parent", "product__brand_product__region", "partner")
        .prefetch_related(Prefetch("tiers", PriceTier.objects.order_by("least")))
        .order_by("partner__name", "product__title", "pk")
    )


def _refuse(ordered: Iterable[tuple[int, Decimal]], *, below: Decimal | None) -> None:
    least_before, price_before = 1, below
    for least, price in ordered:
        if least <= least_before:
            raise TradeRefused(_("Each tier begins with more pieces than the one before, the first with 2."))
        if price <= 0 or (price_before is not None and price >= price_before):
            raise TradeRefused(_("Each tier is cheaper than the one before, the first than the shop price."))
        least_before, price_before = least, price
