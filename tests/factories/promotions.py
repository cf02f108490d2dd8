"""Promotions and coupons of a county, made as an operator makes them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model

from brand.models import Region
from shop.offer.models import ConditionalOffer
from shop.partner.strategy import Selector
from shop.promotions.coupons import Handed, set_coupon
from shop.promotions.setting import Wanted, set_offer
from shop.voucher.models import Voucher

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
Basket = get_model("basket", "Basket")


def promotion(region: Region, kind: str = "spend_save", **terms: Any) -> ConditionalOffer:
    """Return a promotion in force; numbers may be given as text."""
    name = terms.pop("name", f"{kind} {ConditionalOffer.objects.count()}")
    for field in ("threshold", "value"):
        terms[field] = Decimal(terms.get(field, 0))
    wanted = Wanted(region=region, kind=kind, name=name, **terms)
    return set_offer(wanted=wanted, at=NOW, by=None)


def coupon(region: Region, *, kind: str = "spend_save", **terms: Any) -> Voucher:
    """Return a coupon that is given out now: ¥10 off from ¥50, one each, unless told otherwise."""
    handed = {
        name: terms.pop(name)
        for name in ("audience", "quantity", "per_person", "valid_days", "code")
        if name in terms
    }
    name = terms.pop("name", f"优惠券 {Voucher.objects.count()}")
    terms = {"starts_at": NOW - timedelta(days=1), "ends_at": NOW + timedelta(days=30)} | terms
    terms |= {"threshold": Decimal(terms.get("threshold", 50)), "value": Decimal(terms.get("value", 10))}
    wanted = Wanted(region=region, kind=kind, name=name, **terms)
    return set_coupon(wanted=wanted, handed=Handed(**handed), at=NOW, by=None)


def basket_of(*articles: Any, owner: Any = None) -> Any:
    """Return a basket with each article, or with (article, number)."""
    basket = Basket.objects.create(owner=owner)
    basket.strategy = Selector().strategy()
    for one in articles:
        article, number = one if isinstance(one, tuple) else (one, 1)
        basket.add_product(article, number)
    return basket
