"""Reconciling: what came in and went back each day, and where the books do not agree with themselves."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.models import Region
from shop.order.models import Order
from shop.payments.models import Due, Notification, Payment, Repayment
from shop.payments.shares import NOTHING, summed

_SLOW = timedelta(days=1)
_LOOKED_BACK = timedelta(days=30)
_MOST = 100  # of one kind of difference on the page


@dataclass(slots=True)
class Sums:
    """Payments and refunds of one day through one gateway."""

    day: date
    gateway: str
    paid: int = 0
    paid_sum: Decimal = NOTHING
    back: int = 0
    back_sum: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        """Return what stayed."""
        return self.paid_sum - self.back_sum


@dataclass(frozen=True, slots=True)
class Difference:
    """Things that a person must look at, and why."""

    name: str
    why: Promise | str
    things: list[Any] = field(default_factory=list)


def days(*, first: date, last: date, region: Region | None = None) -> list[Sums]:
    """Return the sums by day and gateway, the newest first; days are those of the clock here. Two queries."""
    sums: dict[tuple[date, str], Sums] = defaultdict(lambda: Sums(first, ""))
    paid = _of(Payment.objects.filter(state=Payment.State.PAID), "due__order__region", region)
    for row in _by_day(paid, "paid_at", "gateway", first, last):
        _into(sums, row, "paid")
    back = _of(Repayment.objects.filter(state=Repayment.State.DONE), "payment__due__order__region", region)
    for row in _by_day(back, "done_at", "payment__gateway", first, last):
        _into(sums, row, "back")
    return sorted(sums.values(), key=lambda each: (-each.day.toordinal(), each.gateway))


def differences(*, at: datetime, region: Region | None = None) -> list[Difference]:
    """Return what does not agree or waits too long; only kinds that have something. Seven queries."""
    found = [
        Difference("wrong_sum", _("The gateway told of another sum or another trade"), _refused(at, region)),
        Difference(
            "failed", _("The gateway refused to give money back"), _back(Repayment.State.FAILED, region)
        ),
        Difference("slow_back", _("Going back for more than a day"), _slow(at, region)),
        Difference("by_hand", _("To be transferred back by hand"), _by_hand(region)),
        Difference("transfers", _("Transfers waiting for more than a day"), _transfers(at, region)),
        Difference("cash", _("Sent, and the cash not recorded"), _cash(region)),
        Difference("kept", _("Cancelled, and not everything given back"), _kept(region)),
        Difference("unmet", _("To be sent without the money"), _unmet(region)),
    ]
    return [each for each in found if each.things]


def _by_day(
    rows: QuerySet[Any], moment: str, through: str, first: date, last: date
) -> QuerySet[Any, dict[str, Any]]:
    within = {f"{moment}__date__gte": first, f"{moment}__date__lte": last}
    by_day = rows.filter(**within).annotate(day=TruncDate(moment), through=F(through))
    return by_day.values("day", "through").annotate(count=Count("pk"), sum=Sum("amount")).order_by()


def _into(sums: dict[tuple[date, str], Sums], row: dict[str, Any], which: str) -> None:
    one = sums[row["day"], row["through"]]
    one.day, one.gateway = row["day"], row["through"]
    setattr(one, which, row["count"])
    setattr(one, f"{which}_sum", summed(row["sum"]))


def _of(rows: QuerySet[Any], way: str, region: Region | None) -> QuerySet[Any]:
    return rows.filter(**{way: region}) if region else rows


def _refused(at: datetime, region: Region | None) -> list[Notification]:
    """Return genuine notifications that were not taken: those of which we know the payment."""
    rows = Notification.objects.filter(
        outcome=Notification.Outcome.REFUSED, received_at__gte=at - _LOOKED_BACK
    ).exclude(payment=None, repayment=None)
    rows = _of(rows, "payment__due__order__region", region)
    return list(rows.select_related("payment__due__order", "repayment__payment__due__order")[:_MOST])


def _back(state: str, region: Region | None) -> list[Repayment]:
    rows = _of(Repayment.objects.filter(state=state), "payment__due__order__region", region)
    return list(rows.select_related("payment__due__order", "refund")[:_MOST])


def _slow(at: datetime, region: Region | None) -> list[Repayment]:
    rows = Repayment.objects.filter(
        state__in=[Repayment.State.WAITING, Repayment.State.SENT], refund__asked_at__lt=at - _SLOW
    ).exclude(payment__gateway__in=BY_HAND)
    rows = _of(rows, "payment__due__order__region", region)
    return list(rows.select_related("payment__due__order", "refund")[:_MOST])


def _by_hand(region: Region | None) -> list[Repayment]:
    rows = Repayment.objects.filter(state=Repayment.State.WAITING, payment__gateway__in=BY_HAND)
    rows = _of(rows, "payment__due__order__region", region)
    return list(rows.select_related("payment__due__order", "refund")[:_MOST])


def _transfers(at: datetime, region: Region | None) -> list[Payment]:
    rows = Payment.objects.filter(
        state=Payment.State.OPEN, gateway="transfer", opened_at__lt=at - _SLOW, due__paid_at=None
    ).exclude(due__order__state=Order.State.CANCELLED)
    rows = _of(rows, "due__order__region", region)
    return list(rows.select_related("due__order")[:_MOST])


def _cash(region: Region | None) -> list[Payment]:
    arrived = [Order.State.RECEIVED, Order.State.COMPLETED]
    rows = Payment.objects.filter(
        state=Payment.State.OPEN, gateway="on_delivery", due__order__state__in=arrived, due__paid_at=None
    )
    rows = _of(rows, "due__order__region", region)
    return list(rows.select_related("due__order")[:_MOST])


def _kept(region: Region | None) -> list[Payment]:
    rows = Payment.objects.filter(
        Q(due__order__state=Order.State.CANCELLED) | Q(surplus=True),
        state=Payment.State.PAID,
        refunded__lt=F("amount"),
    )
    rows = _of(rows, "due__order__region", region)
    return list(rows.select_related("due__order")[:_MOST])


def _unmet(region: Region | None) -> list[Due]:
    """Return dues called paid that no payment met, and orders on their way that owe (cash apart)."""
    met = Q(payments__state=Payment.State.PAID, payments__surplus=False)
    rows = Due.objects.filter(amount__gt=0, paid_at__isnull=False).exclude(
        pk__in=Due.objects.filter(met).values("pk")
    )
    return list(_of(rows, "order__region", region).select_related("order")[:_MOST])


BY_HAND = ("transfer", "on_delivery")
