"""What a campaign would have cost: the orders of the time before, counted with its promotions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from shop import selling
from shop.order.models import Line, Order
from shop.promotions import counting
from shop.promotions.counting import ZERO, Row
from shop.promotions.deals import Deal, deal_of
from shop.promotions.models import Campaign

MOST_ORDERS = 2_000
LEAST = timedelta(days=30)  # fewer days say little


@dataclass(frozen=True, slots=True)
class Forecast:
    """Of `orders` in as many days before, `touched` would have had something taken off; yuan."""

    days: int
    orders: int
    touched: int
    sales: Decimal
    cost: Decimal
    gifts: int
    budget: Decimal | None

    @property
    def share(self) -> Decimal:
        """Return the cost in per cent of the sales."""
        return (self.cost * 100 / self.sales).quantize(Decimal("0.1")) if self.sales else Decimal("0.0")

    @property
    def over_budget(self) -> bool:
        """Tell whether it would cost more than was set aside."""
        return self.budget is not None and self.cost > self.budget


def forecast(campaign: Campaign, *, at: datetime) -> Forecast:
    """Count the promotions of `campaign` on the county's orders of the days before. Four queries.

    Coupons are counted as if everybody held one. Who buys more because of it is not in it.
    """
    length = max(LEAST, campaign.ends_at - campaign.starts_at)
    found = Order.objects.filter(region=campaign.region, date_placed__gt=at - length, date_placed__lte=at)
    orders = list(found.exclude(state=Order.State.CANCELLED).values_list("pk", flat=True)[:MOST_ORDERS])
    deals = [deal_of(offer) for offer in campaign.offers.select_related("condition__range", "benefit__gift")]
    coupons = [deal_of(offer) for coupon in campaign.coupons.all() for offer in coupon.offers.all()]
    baskets = _baskets(orders)
    costs = [_cost(rows, deals, coupons) for rows in baskets.values()]
    return Forecast(
        days=length.days,
        orders=len(orders),
        touched=sum(1 for cost, gifts in costs if cost or gifts),
        sales=sum((row.unit_price * row.quantity for rows in baskets.values() for row in rows), ZERO),
        cost=sum((cost for cost, _gifts in costs), ZERO),
        gifts=sum(gifts for _cost, gifts in costs),
        budget=campaign.budget,
    )


def _baskets(orders: Sequence[int]) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = {}
    lines = Line.objects.filter(order__in=orders, gift=False, product__isnull=False).select_related(
        "product__brand_product", "product__parent__brand_product"
    )
    for line in lines:
        licensed = selling.product_of(line.product)
        rows.setdefault(line.order_id, []).append(
            Row(
                line.product_id, line.product.parent_id, licensed.region_id if licensed else None,
                line.partner_id, line.unit_price_incl_tax or ZERO, line.quantity,
            )
        )  # fmt: skip
    return rows


def _cost(rows: list[Row], deals: Sequence[Deal], coupons: Sequence[Deal]) -> tuple[Decimal, int]:
    """Return what the promotions take off one order, and how many gifts it gets."""
    off = sum((taken.amount for taken in counting.count(rows, deals)), ZERO)
    gifts = sum(
        counting.fits(deal, counting.base_of(rows, deal)) * deal.gift_quantity
        for deal in deals
        if deal.gift_id
    )
    best = max((taken.amount for deal in coupons if (taken := counting.coupon(rows, deal))), default=ZERO)
    return off + best, gifts
