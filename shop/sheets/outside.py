"""Tables of what the outside halls sold, as their own reports state it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts.models import User
from shop.models import OutsideHall, OutsideSale
from shop.outside.selling import NotNoted, note_sales, why_not
from shop.sheets.columns import Cells, Checked, Column, Kind, Refused, State, changes, day, money, whole

COLUMNS = (
    Column("platform", gettext_lazy("platform"), "京东", needed=True),
    Column("hall", gettext_lazy("outside hall"), "潞城特产馆", needed=True),
    Column("day", gettext_lazy("day"), "2026-11-22", needed=True),
    Column("orders", gettext_lazy("orders"), "12", needed=True),
    Column("amount", pgettext_lazy("money", "amount"), "468.00", needed=True),
    Column("refunded", gettext_lazy("refunded"), "0"),
    Column("note", gettext_lazy("note"), ""),
)


def _facts(cells: Cells, at: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "day": day(cells, "day"),
        "orders": whole(cells, "orders") or 0,
        "amount": money(cells, "amount") or Decimal(0),
        "refunded": money(cells, "refunded") or Decimal(0),
    }
    if reason := why_not(**facts, today=timezone.localdate(at)):
        raise Refused(reason)
    return {**facts, "hall": _hall(cells), "note": cells.get("note", "")}


def _hall(cells: Cells) -> OutsideHall:
    platforms = {str(label): value for value, label in OutsideHall.Platform.choices}
    platform = platforms.get(cells["platform"].strip(), cells["platform"].strip())
    found = list(OutsideHall.objects.filter(platform=platform, name=cells["hall"].strip())[:2])
    if len(found) != 1:
        text = _("There is no outside hall %(name)s on %(platform)s. Enter it first.")
        raise Refused(text % {"name": cells["hall"], "platform": cells["platform"]})
    return found[0]


def _check(cells: Cells, at: datetime) -> Checked:
    facts = _facts(cells, at)
    there = OutsideSale.objects.filter(hall=facts["hall"], day=facts["day"]).first()
    was = (there.orders, there.amount, there.refunded) if there else (None, None, None)
    now = (facts["orders"], facts["amount"], facts["refunded"])
    labels = (_("orders"), pgettext("money", "amount"), _("refunded"))
    says = changes(dict(zip(labels, zip(was, now, strict=True), strict=True)))
    return Checked(State.READY if says else State.SAME, says)


def _take(cells: Cells, at: datetime, by: User) -> Checked:
    checked = _check(cells, at)
    if checked.state == State.READY:
        try:
            note_sales(**_facts(cells, at), at=at, by=by)
        except NotNoted as error:
            raise Refused(str(error)) from error
    return Checked(State.DONE, checked.says)


def _rows() -> Any:
    sales = OutsideSale.objects.select_related("hall").order_by("-day", "hall")
    return (
        {"platform": sale.hall.get_platform_display(), "hall": sale.hall.name, "day": sale.day,
         "orders": str(sale.orders), "amount": sale.amount, "refunded": str(sale.refunded), "note": sale.note}
        for sale in sales.iterator()
    )  # fmt: skip


OUTSIDE = Kind(
    "outside",
    gettext_lazy("Sales outside"),
    gettext_lazy("One line for each outside hall and day. A day that is there already is replaced."),
    COLUMNS,
    _check,
    _take,
    "fengtu_shop.change_outsidesale",
    _rows,
)
