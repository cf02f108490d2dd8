"""Orders as the stock and the settlement see them: lines with their money, nothing around them."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from shop.order.models import Line, Order
from shop.partner.models import StockRecord

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
_numbers = count(1)


def order(**facts) -> Order:
    """Return an order without lines; it cost nothing until told."""
    defaults = {
        "number": f"T{next(_numbers):06d}", "currency": "CNY", "total_incl_tax": Decimal(0),
        "total_excl_tax": Decimal(0), "shipping_incl_tax": Decimal(0), "shipping_excl_tax": Decimal(0),
        "date_placed": NOW, "state": Order.State.TO_SEND,
    }  # fmt: skip
    return Order.objects.create(**{**defaults, **facts})


def order_line(stockrecord: StockRecord, quantity: int, *, of: Order | None = None, discount=0) -> Line:
    """Return a line at the price of the stock record, `discount` yuan off in all."""
    whole = stockrecord.price * quantity
    paid = whole - Decimal(discount)
    return Line.objects.create(
        order=of or order(), partner=stockrecord.partner, partner_name=stockrecord.partner.name,
        stockrecord=stockrecord, product=stockrecord.product, title=stockrecord.product.get_title(),
        quantity=quantity, num_allocated=quantity, line_price_incl_tax=paid, line_price_excl_tax=paid,
        line_price_before_discounts_incl_tax=whole, line_price_before_discounts_excl_tax=whole,
        unit_price_incl_tax=stockrecord.price, unit_price_excl_tax=stockrecord.price,
    )  # fmt: skip
