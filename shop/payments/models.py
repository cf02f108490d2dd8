"""What an order owes, what was paid through which gateway, what went back, and what gateways told us."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shop.order.models import Line, Order


class Due(models.Model):
    """A sum an order owes: the whole, or the deposit and later the balance of a pre-sale."""

    class Kind(models.TextChoices):
        FULL = "full", _("whole amount")
        DEPOSIT = "deposit", _("deposit")
        BALANCE = "balance", _("balance")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="dues", verbose_name=pgettext_lazy("purchase", "order")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.FULL)
    amount = models.DecimalField(pgettext_lazy("money", "amount"), max_digits=12, decimal_places=2)
    opens_at = models.DateTimeField(_("payable from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("payable until"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sum due")
        verbose_name_plural = _("sums due")
        ordering = ["order", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["order", "kind"], name="one_due_of_a_kind"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="due_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.order.number} {self.get_kind_display()} {self.amount}"


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


class Notification(models.Model):
    """What came to the address of a gateway, as it came, and what became of it."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("notification", "taken")
        AGAIN = "again", pgettext_lazy("notification", "known already")
        REFUSED = "refused", pgettext_lazy("notification", "refused")

    gateway = models.CharField(_("way of paying"), max_length=16)
    headers = models.JSONField(_("headers"), default=dict)
    body = models.TextField(_("content"), blank=True)
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome.choices)
    why = models.CharField(_("reason"), max_length=200, blank=True)
    payment = models.ForeignKey(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name=_("payment"),
    )
    repayment = models.ForeignKey(
        Repayment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name=_("repayment"),
    )
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("notification of a gateway")
        verbose_name_plural = _("notifications of gateways")
        ordering = ["-received_at", "-pk"]
        app_label = "fengtu_shop"
        indexes = [models.Index(fields=["outcome", "received_at"], name="notification_outcome")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.received_at:%Y-%m-%d %H:%M:%S}"


class PayingTerms(models.Model):
    """How a county takes money beside the gateways: its bank account, and money at the door."""

    region = models.OneToOneField(
        "brand.Region", models.PROTECT, related_name="paying_terms", verbose_name=_("county")
    )
    holder = models.CharField(_("account holder"), max_length=80, blank=True)
    bank = models.CharField(_("bank and branch"), max_length=120, blank=True)
    account = models.CharField(_("account number"), max_length=40, blank=True)
    transfer_days = models.PositiveSmallIntegerField(
        _("days for a transfer"),
        default=3,
        help_text=_("The goods are kept for the buyer as long."),
    )
    on_delivery = models.BooleanField(_("cash on delivery"), default=False)
    on_delivery_most = models.DecimalField(
        _("cash on delivery up to"), max_digits=12, decimal_places=2, default=500
    )

    class Meta:
        verbose_name = _("terms of paying")
        verbose_name_plural = _("terms of paying")
        ordering = ["region"]
        app_label = "fengtu_shop"

    def __str__(self) -> str:
        return str(self.region)
