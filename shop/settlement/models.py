"""The statement: what a supplier is owed for a period, order by order."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# what the columns are, in the order of the paper; `due` follows from the others
COLUMNS = ("goods", "freight", "refunded_goods", "refunded_freight", "hall_bears", "commission", "due")


def _money(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=12, decimal_places=2, default=Decimal(0))


def _adds_up(name: str) -> models.CheckConstraint:
    """Return the constraint that `due` is what the other columns make; rounded, because SQLite has floats."""
    rest = F("due") - F("goods") - F("freight") + F("refunded_goods") + F("refunded_freight")
    return models.CheckConstraint(
        condition=Exact(Round(rest - F("hall_bears") + F("commission"), precision=2), Decimal(0)), name=name
    )


class Amounts(models.Model):
    """Sums in yuan. `supplier_bears` is told, not counted: buyers never paid it."""

    goods = _money(_("paid for goods"))
    freight = _money(_("paid for freight"))
    refunded_goods = _money(_("refunded for goods"))
    refunded_freight = _money(_("refunded for freight"))
    hall_bears = _money(_("promotions the hall bears"))
    supplier_bears = _money(_("promotions the supplier bears"))
    commission = _money(_("commission"))
    due = _money(_("due to the supplier"))

    class Meta:
        abstract = True


class Statement(Amounts):
    """A period of one supplier. Lines and sums are drawn up again until the supplier confirms them."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("settlement", "to be confirmed by the supplier")
        DISPUTED = "disputed", pgettext_lazy("settlement", "the supplier objects")
        CONFIRMED = "confirmed", pgettext_lazy("settlement", "confirmed, to be paid")
        PAID = "paid", pgettext_lazy("settlement", "paid out")
        CARRIED = "carried", pgettext_lazy("settlement", "carried over to the next")

    OPEN = (State.DRAFT, State.DISPUTED)

    number = models.CharField(_("number"), max_length=24, unique=True)
    partner = models.ForeignKey(
        "partner.Partner", models.PROTECT, related_name="statements", verbose_name=_("supplier")
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    carried_in = _money(_("carried over from before"))
    payable = _money(_("to be paid out"))
    drawn_at = models.DateTimeField(_("drawn up"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid out on"), null=True, blank=True)
    bank_reference = models.CharField(_("reference of the bank"), max_length=60, blank=True)
    objection = models.CharField(_("objection"), max_length=400, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    class Meta:
        verbose_name = _("settlement statement")
        verbose_name_plural = _("settlement statements")
        ordering = ["-last", "partner__name", "-pk"]
        app_label = "fengtu_shop"
        default_permissions = ["view", "add", "change"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "first"], name="statement_once_a_period"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="statement_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Exact(Round(F("payable") - F("due") - F("carried_in"), precision=2), Decimal(0)),
                name="statement_payable_adds_up",
            ),
            _adds_up("statement_adds_up"),
        ]

    def __str__(self) -> str:
        return self.number


class StatementLine(Amounts):
    """What one order adds to the period: all it brought by its end less what earlier statements had."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="lines")
    order = models.ForeignKey(
        "order.Order",
        models.PROTECT,
        related_name="statement_lines",
        verbose_name=pgettext_lazy("purchase", "order"),
    )

    class Meta:
        ordering = ["order__date_placed", "order_id"]
        app_label = "fengtu_shop"
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["statement", "order"], name="statement_line_once"),
            _adds_up("statement_line_adds_up"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.due}"
