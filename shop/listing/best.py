"""What sold in the last thirty days, counted anew now and then, for lists that are ordered by it."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Sum
from django.db.models.functions import Coalesce

from shop.listing.models import Listing
from shop.order.models import Line, Order

WINDOW: Final = timedelta(days=30)
COUNTS: Final = (
    Order.State.TO_SEND,
    Order.State.PARTLY_SENT,
    Order.State.SENT,
    Order.State.RECEIVED,
    Order.State.COMPLETED,
)


def count_sold(*, at: datetime) -> int:
    """Write how often each article was sold in the last thirty days; return how many places changed.

    What was refunded is not counted, nor gifts. Two queries, and one for each few hundred changed places.
    """
    sold = _sold(since=at - WINDOW)
    changed = []
    for row in Listing.objects.only("pk", "article_id", "sold").iterator():
        if row.sold != (now := sold.get(row.article_id, 0)):
            row.sold = now
            changed.append(row)
    Listing.objects.bulk_update(changed, ["sold"], batch_size=500)
    return len(changed)


def _sold(*, since: datetime) -> dict[int, int]:
    lines = Line.objects.filter(order__state__in=COUNTS, order__date_placed__gte=since, gift=False)
    rows = (
        lines.exclude(product=None)
        .annotate(article=Coalesce("product__parent", "product"))
        .values("article")
        .annotate(count=Sum("quantity") - Sum("refunded_quantity"))
        .values_list("article", "count")
    )
    return {article: max(0, count) for article, count in rows.order_by()}
