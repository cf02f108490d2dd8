"""The low-stock notice: sellers and operators hear of it once, and again only after the shelf was filled."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from oscar.core.loading import get_model

from shop.partner.models import StockRecord
from shop.telling import tell_sellers

StockAlert = get_model("partner", "StockAlert")


def low() -> QuerySet[StockRecord]:
    """Return what has fewer left to sell than its seller wants to be told of. A level of 0 tells nothing."""
    left = F("num_in_stock") - Coalesce(F("num_allocated"), Value(0))
    return StockRecord.objects.annotate(left=left).filter(
        low_stock_threshold__gt=0, left__lt=F("low_stock_threshold"), product__is_public=True
    )


@transaction.atomic
def notice_low_stock(*, at: datetime) -> int:
    """Open an alert for what became low and tell the seller; close those of what was filled up again.

    The open alert is the mark that somebody was told. Returns how many are new.
    """
    is_low = low()
    StockAlert.objects.filter(status=StockAlert.OPEN).exclude(stockrecord__in=is_low).update(
        status=StockAlert.CLOSED, date_closed=at
    )
    told = StockAlert.objects.filter(status=StockAlert.OPEN).values("stockrecord")
    fresh = list(is_low.exclude(pk__in=told).select_related("product__parent", "partner"))
    StockAlert.objects.bulk_create(
        StockAlert(stockrecord=one, threshold=one.low_stock_threshold, date_created=at) for one in fresh
    )
    for one in fresh:
        transaction.on_commit(partial(_tell, one, at=at))
    return len(fresh)


def _tell(stockrecord: StockRecord, *, at: datetime) -> None:
    tell_sellers(
        [stockrecord.partner],
        kind="stock_low",
        context={"title": stockrecord.called, "left": max(0, stockrecord.left)},
        at=at,
        key=f"stock-low:{stockrecord.pk}:{at.isoformat()}",
        url=reverse("shop-desk:stock"),
    )
