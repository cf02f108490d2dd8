"""What a basket comes to: the one place where amounts are worked out.

Card, product page, basket, checkout, placing and payment show and take these amounts. Money is Decimal yuan
with two places, tax included; the parts of a sum add up to it to the cent.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from brand.models import Region
from shop import selling
from shop.freight.charging import Freight, NotDelivered, freight_for
from shop.order.models import Order
from shop.pickup.handing import not_handed_out
from shop.promotions.applying import Applied, apply_promotions

NOTHING = Decimal("0.00")


@dataclass(slots=True)
class QuoteLine:
    """One line as it is sold. `price` is before promotions, `amount` what is to be paid for it.

    `line` is the line of the basket; a gift has none, costs nothing and comes out of its own stock.
    """

    line: Any
    product: Any
    stockrecord: Any
    quantity: int
    unit_price: Decimal
    discount: Decimal = NOTHING
    gift: bool = False
    tags: list[str] = field(default_factory=list)  # names of what was taken off
    given: Any = None  # on which condition a gift is one

    @property
    def price(self) -> Decimal:
        """Return the price of all pieces before promotions."""
        return self.unit_price * self.quantity

    @property
    def amount(self) -> Decimal:
        """Return what is to be paid for all pieces."""
        return self.price - self.discount


@dataclass(frozen=True, slots=True)
class Discount:
    """What a promotion takes off, and why. `shares` are the parts of the lines, by index in Quote.lines.

    `of` is "goods" or "freight"; a discount on freight has no shares.
    """

    name: str
    why: str
    amount: Decimal
    offer_id: int | None = None
    held_id: int | None = None  # the coupon in hand it came from
    voucher_id: int | None = None
    voucher_code: str = ""
    of: str = "goods"
    times: int = 1
    limited: bool = False  # so often altogether: a use is counted with the order
    shares: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the basket that cannot be ordered now; `available` pieces could be, if fewer were asked."""

    line: Any
    why: str
    available: int = 0


@dataclass(frozen=True, slots=True)
class Hint:
    """What is missing to the next step: "¥12 more and the delivery is free"."""

    name: str
    text: str
    missing: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The amounts of a basket. `total` = `goods` + `freight`, both with promotions taken off.

    `goods_before` and `freight_before` are without promotions. Freight is not `freight_known` before there
    is a district. `undelivered` says why nothing is sent there, and then nothing can be ordered.
    """

    lines: list[QuoteLine]
    discounts: list[Discount]
    goods_before: Decimal
    goods: Decimal
    freight_before: Decimal
    freight: Decimal
    total: Decimal
    freight_why: str = ""
    freight_known: bool = True
    undelivered: str = ""
    left_out: list[LeftOut] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # a gift that is gone
    coupons: list[Any] = field(default_factory=list)  # what of the coupons in hand can be used, and why not
    freight_parts: tuple[Any, ...] = ()

    @property
    def saved(self) -> Decimal:
        """Return what all promotions take off together."""
        return self.goods_before + self.freight_before - self.total


def quote(
    basket: Any,
    *,
    delivery: str = Order.Delivery.PARCEL,
    district_code: str = "",
    pickup_in: Region | None = None,
    phone: str = "",
    user: Any = None,
    at: datetime | None = None,
) -> Quote:
    """Return what `basket` comes to for this delivery; nothing is written.

    `basket` needs its strategy, as a request's has. `phone` and `user` say who buys: coupons for new buyers
    ask for them; before the phone is known such a coupon counts, and is checked again at the checkout.
    `pickup_in` is the county whose points hand out what is picked up: goods of others are not.
    """
    at = at or timezone.now()
    lines, left_out = _sorted(basket, at=at)
    freight, undelivered = _freight(
        lines, delivery=delivery, district_code=district_code, pickup_in=pickup_in
    )
    goods = sum((line.price for line in lines), NOTHING)
    applied = apply_promotions(
        lines=lines, basket=basket, user=user or basket.owner, phone=phone, freight_parts=freight.parts,
        district_code=district_code, at=at,
    )  # fmt: skip
    off_freight = sum((off.amount for off in applied.offs if off.of == "freight"), NOTHING)
    _take_off(lines, applied)
    paid = sum((line.amount for line in lines), NOTHING)
    return Quote(
        lines=lines + [_gift(gift) for gift in applied.gifts],
        discounts=[_discount(off) for off in applied.offs],
        goods_before=goods,
        goods=paid,
        freight_before=freight.charge,
        freight=freight.charge - off_freight,
        total=paid + freight.charge - off_freight,
        freight_why=freight.why,
        freight_known=freight.known,
        undelivered=undelivered,
        left_out=left_out,
        hints=[Hint(*hint) for hint in applied.hints],
        notes=applied.notes,
        coupons=applied.coupons,
        freight_parts=freight.parts,
    )


def _take_off(lines: list[QuoteLine], applied: Applied) -> None:
    for off in applied.offs:
        for index, share in off.shares:
            lines[index].discount += share
            lines[index].tags.append(off.name)


def _gift(gift: Any) -> QuoteLine:
    return QuoteLine(
        None, gift.product, gift.stockrecord, gift.quantity, NOTHING,
        gift=True, tags=[gift.why], given=gift.given,
    )  # fmt: skip


def _discount(off: Any) -> Discount:
    return Discount(
        name=off.name,
        why=off.why,
        amount=off.amount,
        offer_id=off.offer_id,
        held_id=off.held_id,
        voucher_id=off.voucher_id,
        voucher_code=off.voucher_code,
        of=off.of,
        times=off.times,
        limited=off.limited,
        shares=off.shares,
    )


def _sorted(basket: Any, *, at: datetime) -> tuple[list[QuoteLine], list[LeftOut]]:
    """Return the lines that can be ordered, and the others with the reason."""
    asked = list(basket.all_lines())
    selling.know_rights([line.product for line in asked], on=timezone.localdate(at))
    lines: list[QuoteLine] = []
    left_out: list[LeftOut] = []
    for line in asked:
        price = basket.strategy.pricing_policy(line.product, line.stockrecord)
        availability = basket.strategy.availability_policy(line.product, line.stockrecord)
        allowed, why = availability.is_purchase_permitted(line.quantity)
        if not _on_the_shelf(line.product):
            left_out.append(LeftOut(line, _("No longer in the shop.")))
        elif price.exists and allowed and line.quantity:
            lines.append(
                QuoteLine(line, line.product, line.stockrecord, line.quantity, price.effective_price)
            )
        else:
            left_out.append(_left_out(line, str(why), availability))
    return lines, left_out


def _on_the_shelf(product: Any) -> bool:
    return bool(product.is_public and (not product.is_child or product.parent.is_public))


def _left_out(line: Any, why: str, availability: Any) -> LeftOut:
    available = max(0, getattr(availability, "num_available", 0))
    if available:
        why = _("Only %(number)s left.") % {"number": available}
    elif not hasattr(availability, "message") or hasattr(availability, "num_available"):
        why = _("Sold out for now.")
    return LeftOut(line, why or _("No price yet"), available)


def _freight(
    lines: list[QuoteLine], *, delivery: str, district_code: str, pickup_in: Region | None
) -> tuple[Freight, str]:
    """Return the freight, and why nothing is delivered there, "" if it is."""
    if delivery == Order.Delivery.PICKUP:
        refused = not_handed_out(lines, region=pickup_in) if pickup_in else ""
        return Freight(NOTHING, "" if refused else _("Picked up: no freight.")), refused
    try:
        return freight_for(lines=lines, district_code=district_code), ""
    except NotDelivered as error:
        return Freight(NOTHING, "", known=False), str(error)
