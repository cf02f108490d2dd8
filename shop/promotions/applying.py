"""From the lines of a basket to what its promotions take off, in words and amounts, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shop import selling
from shop.catalogue.models import Product
from shop.promotions import holding, sentences
from shop.promotions.counting import Row
from shop.promotions.tally import Given, Offered, Tally, tally

HINTS = 3  # more than that nobody reads


@dataclass(frozen=True, slots=True)
class Off:
    """What one promotion takes off; `shares` by index of the line."""

    name: str
    why: str
    amount: Decimal
    offer_id: int
    of: str = "goods"
    times: int = 1
    held_id: int | None = None
    voucher_id: int | None = None
    voucher_code: str = ""
    limited: bool = False
    shares: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Gift:
    """An article that comes as a gift out of a stock record."""

    product: Any
    stockrecord: Any
    quantity: int
    offer_id: int
    why: str
    given: Given  # on which condition


@dataclass(frozen=True, slots=True)
class CouponState:
    """A coupon in hand as the basket shows it."""

    held_id: int
    voucher_id: int
    name: str
    worth: str
    used: bool
    amount: Decimal
    text: str
    provisional: bool
    fits: bool


@dataclass(slots=True)
class Applied:
    """All promotions of one basket."""

    offs: list[Off] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hints: list[tuple[str, str, Decimal]] = field(default_factory=list)
    coupons: list[CouponState] = field(default_factory=list)


def apply_promotions(
    *,
    lines: Sequence[Any],
    basket: Any,
    user: Any,
    phone: str,
    freight_parts: Sequence[Any],
    district_code: str,
    at: datetime,
) -> Applied:
    """Return what promotions and coupons in force come to for `lines` (product, stockrecord, unit_price …).

    Queries: coupons in hand (three at most), the choice among them, gifts (one); none for promotions.
    """
    held = holding.in_hand(basket=basket, user=user, phone=phone, at=at)
    chosen = basket.vouchers.values_list("pk", flat=True) if held and basket.pk else ()
    counted = tally(
        [row_of(line) for line in lines],
        held=held,
        chosen=chosen,
        freight_parts=freight_parts,
        district_code=district_code,
        at=at,
    )
    applied = Applied(offs=_offs(counted), coupons=[_state(one) for one in counted.coupons])
    applied.hints = [
        (deal.name, sentences.missing(deal, base), deal.threshold - base)
        for deal, base in sorted(counted.waiting, key=lambda one: one[0].threshold - one[1])[:HINTS]
    ]
    if counted.gifts:
        _add_gifts(applied, counted.gifts, lines, at=at)
    return applied


def row_of(line: Any) -> Row:
    """Return a line as promotions see it."""
    licensed = selling.product_of(line.product)
    return Row(
        line.product.pk,
        line.product.parent_id,
        licensed.region_id if licensed else None,
        line.stockrecord.partner_id,
        line.unit_price,
        line.quantity,
    )


def _offs(counted: Tally) -> list[Off]:
    offs = [
        Off(
            one.deal.name,
            sentences.why(one),
            one.amount,
            one.deal.pk,
            times=one.times,
            shares=one.shares,
            limited=one.deal.limited,
        )
        for one in counted.goods
    ]
    for coupon in counted.coupons:
        if coupon.used and coupon.taken:
            deal, taken = coupon.held.deal, coupon.taken
            offs.append(
                Off(
                    deal.name, _why_coupon(coupon), taken.amount, deal.pk, held_id=coupon.held.pk,
                    voucher_id=deal.voucher_id, voucher_code=coupon.held.code, shares=taken.shares,
                )
            )  # fmt: skip
    offs += [
        Off(
            free.deal.name,
            sentences.because(free.deal, free.base),
            free.amount,
            free.deal.pk,
            of="freight",
            limited=free.deal.limited,
        )
        for free in counted.freight
    ]
    return offs


def _why_coupon(coupon: Offered) -> str:
    if coupon.held.provisional:
        return _("Coupon for the first order; your phone number decides at the checkout.")
    return _("Coupon, %(promise)s") % {"promise": sentences.promise(coupon.held.deal)}


def _state(one: Offered) -> CouponState:
    deal = one.held.deal
    return CouponState(
        held_id=one.held.pk,
        voucher_id=deal.voucher_id or 0,
        name=deal.name,
        worth=sentences.worth(deal),
        used=one.used,
        amount=one.taken.amount if one.taken else Decimal("0.00"),
        text=_coupon_text(one),
        provisional=one.held.provisional,
        fits=one.taken is not None,
    )


def _coupon_text(one: Offered) -> str:
    if one.held.refused:
        return one.held.refused
    if one.missing:
        return _("¥%(rest)s more of what it is for") % {"rest": sentences.yuan(one.missing)}
    return sentences.promise(one.held.deal)


def _add_gifts(applied: Applied, gifts: Sequence[Given], lines: Sequence[Any], *, at: datetime) -> None:
    """Add the gifts there are; say of the others that they are gone."""
    found = (
        Product.objects.filter(pk__in={given.deal.gift_id for given in gifts})
        .select_related("parent__brand_product", "brand_product")
        .prefetch_related("stockrecords__partner")
    )
    articles = {article.pk: article for article in found}
    promised: dict[int, int] = {}
    for line in lines:
        promised[line.stockrecord.pk] = promised.get(line.stockrecord.pk, 0) + line.quantity
    for given in gifts:
        article = articles.get(given.deal.gift_id or 0)
        stock = _stock_of(article)
        left = max(0, stock.net_stock_level - promised.get(stock.pk, 0)) if stock else 0
        quantity = min(given.quantity, left)
        if stock and quantity:
            promised[stock.pk] = promised.get(stock.pk, 0) + quantity
            why = sentences.because(given.deal, given.base)
            applied.gifts.append(Gift(article, stock, quantity, given.deal.pk, why, given))
        if quantity < given.quantity:
            applied.notes.append(_("The gift “%(gift)s” is gone.") % {"gift": given.deal.gift_title})


def _stock_of(article: Any) -> Any:
    return next(iter(article.stockrecords.all()), None) if article else None
