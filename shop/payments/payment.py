"""Attempts to pay what is owed, each through one gateway."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.payments.due import Due


class Payment(models.Model):
    """One attempt to pay a due through one gateway; `settling.settle` alone makes it paid.

    `number` is what we call it at the gateway (out_trade_no), `trade_no` what the gateway calls it.
    `given` is what the gateway gave us to go on with: a prepay id, the content of a QR code. Money that came
    when nothing was owed any more is `surplus` and goes back by itself. `refunded` is what was promised back.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting for the money")
        PAID = "paid", _("paid")
        CLOSED = "closed", _("closed without payment")

    due = models.ForeignKey(Due, models.PROTECT, related_name="payments", verbose_name=_("sum due"))
    gateway = models.CharField(_("way of paying"), max_length=16)
    form = models.CharField(pgettext_lazy("payment", "form"), max_length=16, blank=True)
    number = models.CharField(_("number"), max_length=32, unique=True)
    amount = models.DecimalField(pgettext_lazy("money", "amount"), max_digits=12, decimal_places=2)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    trade_no = models.CharField(_("number at the gateway"), max_length=64, blank=True)
    given = models.JSONField(_("given by the gateway"), default=dict, blank=True)
    surplus = models.BooleanField(_("nothing was owed"), default=False)
    refunded = models.DecimalField(_("given back"), max_digits=12, decimal_places=2, default=0)
    opened_at = models.DateTimeField(pgettext_lazy("payment", "begun at"))
    expires_at = models.DateTimeField(_("payable until"), null=True, blank=True)
    asked_at = models.DateTimeField(_("last asked at the gateway"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("payment", "closed at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-opened_at", "-pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0) & Q(refunded__lte=F("amount")),
                name="payment_gives_back_at_most_paid",
            ),
            models.CheckConstraint(
                condition=Q(refunded=0) | Q(state="paid"), name="payment_gives_back_only_paid"
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False) | ~Q(state="paid"),
                name="payment_paid_has_its_time",
            ),
            models.UniqueConstraint(
                fields=["gateway", "trade_no"], condition=~Q(trade_no=""), name="payment_trade_once"
            ),
            # two notifications and an officer at once: the due is met by one of them
            models.UniqueConstraint(
                fields=["due"], condition=Q(state="paid", surplus=False), name="due_met_once"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opened_at"], name="payment_open"),
            models.Index(fields=["paid_at"], name="payment_day"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"
