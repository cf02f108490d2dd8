"""What goes back: decided as a refund, carried out as repayments of the payments it comes out of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shop.order.models import Line, Order
from shop.payments.payment import Payment


class Refund(models.Model):
    """Money given back for an order: for its lines, its freight, or because it was never owed.

    It is divided over the payments it comes out of (`Repayment`); done when all of them are.
    """

    class Kind(models.TextChoices):
        GOODS = "goods", _("goods and freight")
        SURPLUS = "surplus", _("paid without owing")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="refunds", verbose_name=pgettext_lazy("purchase", "order")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.GOODS)
    amount = models.DecimalField(pgettext_lazy("money", "amount"), max_digits=12, decimal_places=2)
    freight = models.DecimalField(_("of it freight"), max_digits=12, decimal_places=2, default=0)
    reason = models.CharField(_("reason"), max_length=200)
    asked_at = models.DateTimeField(_("decided at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty: the system, or somebody whose account was deleted."),
    )

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-asked_at", "-pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive"),
            models.CheckConstraint(
                condition=Q(freight__gte=0) & Q(freight__lte=F("amount")), name="refund_freight_part_of_it"
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="refund_day")]

    def __str__(self) -> str:
        return f"{self.order.number} {self.amount}"

    @property
    def why(self) -> str:
        """Return the reason to be read: those of the system are translated."""
        return gettext(self.reason) if self.reason else ""


class RefundLine(models.Model):
    """What of a refund is for one line: units taken back (or 0: the money only) and their money."""

    refund = models.ForeignKey(Refund, models.CASCADE, related_name="lines", verbose_name=_("refund"))
    line = models.ForeignKey(Line, models.PROTECT, related_name="refunds", verbose_name=_("line"))
    quantity = models.PositiveIntegerField(_("quantity"), default=0)
    amount = models.DecimalField(pgettext_lazy("money", "amount"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("line of a refund")
        verbose_name_plural = _("lines of refunds")
        ordering = ["refund", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="refund_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} × {self.quantity}: {self.amount}"


class Repayment(models.Model):
    """The part of a refund that goes back through the gateway one payment came by.

    `number` is what we call it at the gateway (out_refund_no): asking again with it never pays twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be given back")
        SENT = "sent", _("on its way")
        DONE = "done", _("given back")
        FAILED = "failed", _("refused by the gateway")

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="repayments", verbose_name=_("refund"))
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="repayments", verbose_name=_("payment"))
    number = models.CharField(_("number"), max_length=32, unique=True)
    amount = models.DecimalField(pgettext_lazy("money", "amount"), max_digits=12, decimal_places=2)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    trade_no = models.CharField(_("number at the gateway"), max_length=64, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    tries = models.PositiveIntegerField(_("times asked"), default=0)
    asked_at = models.DateTimeField(_("last asked at the gateway"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    class Meta:
        verbose_name = _("repayment")
        verbose_name_plural = _("repayments")
        ordering = ["-pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="repayment_positive"),
            models.UniqueConstraint(fields=["refund", "payment"], name="repayment_of_a_payment_once"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done"),
                name="repayment_done_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="repayment_open")]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"
