"""Stock as a part of the seller's desk."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.desk.parts import Due, Part, Row
from shop.desk.scope import Scope
from shop.stock.desk.reading import expiring, shelves
from shop.stock.lots import StockLot

SHOWN = 4


def part(scope: Scope, at: datetime) -> Part | None:
    """Return what runs low and what expires. Three queries."""
    short = shelves(scope).filter(left__lt=F("low_stock_threshold"))
    low = list(short[:SHOWN])
    lots = list(expiring(scope, on=timezone.localdate(at))[:SHOWN])
    rows = [_low(one) for one in low] + [_lot(lot, at) for lot in lots]
    dues = [_due(lot, at) for lot in lots if lot.expires_on and lot.expires_on <= timezone.localdate(at)]
    return Part(
        title=_("Stock"),
        dues=dues,
        rows=rows[:SHOWN],
        count=len(low),
        more_url=reverse("shop-desk:stock"),
        icon="strata",
        empty=_("Nothing runs low, nothing expires soon."),
    )


def _low(one: Any) -> Row:
    return Row(
        one.called,
        reverse("shop-desk:stock-article", args=[one.pk]),
        state=_("%(left)d left") % {"left": max(0, one.left)},
        tone="warn" if one.left > 0 else "bad",
    )


def _lot(lot: StockLot, at: datetime) -> Row:
    over = lot.expires_on is not None and lot.expires_on < timezone.localdate(at)
    return Row(
        lot.stockrecord.called,
        reverse("shop-desk:stock-article", args=[lot.stockrecord_id]),
        note=_("lot %(lot)s, %(left)d left") % {"lot": lot, "left": lot.remaining},
        state=_("use by %(day)s") % {"day": f"{lot.expires_on:%m-%d}"},
        tone="bad" if over else "warn",
    )


def _due(lot: StockLot, at: datetime) -> Due:
    text = _("Look at %(title)s, lot %(lot)s: its day is here")
    return Due(
        text % {"title": lot.stockrecord.called, "lot": lot},
        reverse("shop-desk:stock-article", args=[lot.stockrecord_id]),
        urgent=True,
    )
