"""The rows an order consists of, written in one statement each kind: lines, discounts, freight, address."""

from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model

from lib.prepared import PreparedInsert
from shop.freight.models import FreightShare
from shop.freight.sharing import share_out
from shop.order.models import Line, Order, ShippingAddress
from shop.ordering.wanted import Address
from shop.pricing import Quote, QuoteLine
from shop.promotions.earned import EarnedGift, Earning

HOME = "CN"
OrderDiscount = get_model("order", "OrderDiscount")
OrderLineDiscount = get_model("order", "OrderLineDiscount")
# every order writes them, mostly one of each
_add_place, _add_line = PreparedInsert(ShippingAddress), PreparedInsert(Line)
_add_share = PreparedInsert(FreightShare)


def add_address(address: Address | None) -> ShippingAddress | None:
    """Write down where the parcel goes. One query."""
    if address is None:
        return None
    row = ShippingAddress(
        last_name=address.name,
        phone_number=address.phone,
        line1=address.street,
        line3=address.district,
        line4=address.city,
        state=address.province,
        district_code=address.district_code,
        country_id=HOME,
    )
    # Oscar's save() reads the country anew to make words for a search nobody does
    return _add_place(row)


def add_rows(order: Order, quote: Quote) -> None:
    """Write what an order consists of beside its address."""
    add_discounts(order, quote, add_lines(order, quote))
    add_freight(order, quote)


def add_lines(order: Order, quote: Quote) -> list[Line]:
    """Write the lines in the order the buyer saw. One query, two more with gifts: on which condition."""
    rows = [_line(order, line) for line in quote.lines]
    _add_all(_add_line, rows)
    given = [(row, line) for row, line in zip(rows, quote.lines, strict=True) if line.given]
    gifts = EarnedGift.objects.bulk_create(_earned(row, line) for row, line in given)
    Earning.objects.bulk_create(
        Earning(gift=gift, line=rows[index], amount=amount)
        for gift, (_row, line) in zip(gifts, given, strict=True)
        for index, amount in line.given.earnings
    )
    return rows


def _earned(row: Line, line: QuoteLine) -> EarnedGift:
    deal = line.given.deal
    return EarnedGift(
        line=row,
        threshold=deal.threshold,
        by_count=deal.by_count,
        each=deal.gift_quantity,
        times=deal.times,
        value=line.stockrecord.price or 0,
    )


def add_discounts(order: Order, quote: Quote, lines: list[Line]) -> None:
    """Write what was taken off and from which line. Two queries, none without discounts."""
    rows = [_discount(order, discount) for discount in quote.discounts]
    OrderDiscount.objects.bulk_create(rows)
    shares = [
        OrderLineDiscount(line=lines[index], order_discount=row, is_incl_tax=True, amount=amount)
        for row, discount in zip(rows, quote.discounts, strict=True)
        for index, amount in discount.shares
        if amount
    ]
    OrderLineDiscount.objects.bulk_create(shares)


def add_freight(order: Order, quote: Quote) -> None:
    """Write the share of each seller in the freight that is paid. One query, none when it is free."""
    parts = [part for part in quote.freight_parts if part.charge]
    amounts = share_out(quote.freight, [part.charge for part in parts])
    shares = [
        FreightShare(order=order, partner_id=part.partner_id, amount=amount)
        for part, amount in zip(parts, amounts, strict=True)
        if amount
    ]
    _add_all(_add_share, shares)


def _add_all(add: PreparedInsert[Any], rows: list[Any]) -> None:
    """Write the rows of one kind. One query."""
    if len(rows) == 1:
        add(rows[0])
    elif rows:
        type(rows[0]).objects.bulk_create(rows)


def _line(order: Order, line: QuoteLine) -> Line:
    amount, before = _same(line.amount), _same(line.price)
    return Line(
        order=order,
        partner_id=line.stockrecord.partner_id,
        partner_name=line.stockrecord.partner.name,
        partner_sku=line.stockrecord.partner_sku,
        stockrecord=line.stockrecord,
        product=line.product,
        title=_title(line.product),
        upc=line.product.upc,
        quantity=line.quantity,
        gift=line.gift,
        line_price_incl_tax=amount,
        line_price_excl_tax=amount,
        line_price_before_discounts_incl_tax=before,
        line_price_before_discounts_excl_tax=before,
        unit_price_incl_tax=line.unit_price,
        unit_price_excl_tax=line.unit_price,
        num_allocated=line.quantity,
    )


def _discount(order: Order, discount: Any) -> Any:
    return OrderDiscount(
        order=order,
        category=OrderDiscount.SHIPPING if discount.of == "freight" else OrderDiscount.BASKET,
        offer_id=discount.offer_id,
        offer_name=discount.name,
        voucher_id=discount.voucher_id,
        voucher_code=discount.voucher_code,
        frequency=discount.times,
        amount=discount.amount,
        message=discount.why,
    )


def _title(article: Any) -> str:
    """Return what was bought, in one line: the article, and which variant of it."""
    title: str = article.get_title()
    variant = article.title if article.is_child else ""
    return f"{title} {variant}"[:255] if variant and variant != title else title[:255]


def _same(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))
