"""Sales of outside halls: a figure of one hall and day; entered again it replaces the earlier one."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.models import OutsideHall, OutsideSale


class NotNoted(ValueError):
    """The figure was not kept; the text says why in plain words."""


def note_sales(
    *,
    hall: OutsideHall,
    day: date,
    orders: int,
    amount: Decimal,
    refunded: Decimal = Decimal(0),
    note: str = "",
    at: datetime,
    by: User | None,
) -> OutsideSale:
    """Keep what `hall` sold on `day`; what stood there before stays in the trail.

    Raises:
        NotNoted: the day has not come, or a number is negative or does not fit the others.
    """
    if reason := why_not(
        day=day, orders=orders, amount=amount, refunded=refunded, today=timezone.localdate(at)
    ):
        raise NotNoted(reason)
    facts = {"orders": orders, "amount": amount, "refunded": refunded, "note": note}
    with transaction.atomic():
        before = OutsideSale.objects.select_for_update().filter(hall=hall, day=day).first()
        sale, _made = OutsideSale.objects.update_or_create(hall=hall, day=day, defaults=facts)
        detail = {"was": str(before.amount), "orders": before.orders} if before else {}
        record_act(sale, "edited" if before else "added", by=by, at=at, detail=detail)
    return sale


def why_not(*, day: date, orders: int, amount: Decimal, refunded: Decimal, today: date) -> str:
    """Return what is wrong with a figure, "" if nothing is."""
    if day > today:
        return _("That day has not come yet.")
    if orders < 0 or amount < 0 or refunded < 0:
        return _("A number is negative.")
    if not orders and amount:
        return _("There is money but no order.")
    return ""
