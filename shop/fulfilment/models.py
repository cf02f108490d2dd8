"""What one seller sends of one order."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.order.models import Line, Order
from shop.partner.models import Partner


class Consignment(models.Model):
    """What one seller owes one order: packed and sent on its own. An exchange makes a further one."""

    class Kind(models.TextChoices):
        SALE = "sale", _("sale")
        EXCHANGE = "exchange", _("exchange")

    class State(models.TextChoices):
        TO_PACK = "to_pack", _("to be packed")
        PARTLY_SENT = "partly_sent", _("partly on the way")
        SENT = "sent", pgettext_lazy("parcel", "on the way")
        RECEIVED = "received", pgettext_lazy("order", "received")
        STOPPED = "stopped", _("stopped")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="consignments", verbose_name=pgettext_lazy("purchase", "order")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="consignments", verbose_name=_("seller")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.SALE)
    number = models.CharField(_("number"), max_length=40, unique=True)
    state = models.CharField(
        _("state"), max_length=16, choices=State.choices, default=State.TO_PACK, db_index=True
    )
    created_at = models.DateTimeField(_("ready to pack since"))
    send_by = models.DateTimeField(_("send by"), db_index=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    # shown as a QR code by who picks the goods up; eight digits to type
    pickup_code = models.CharField(_("pick-up code"), max_length=8, blank=True)
    arrived_at = models.DateTimeField(_("at the pick-up point since"), null=True, blank=True)

    class Meta:
        verbose_name = _("consignment")
        verbose_name_plural = _("consignments")
        ordering = ["send_by", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "partner"], condition=Q(kind="sale"), name="one_consignment_of_a_seller"
            ),
            models.UniqueConstraint(
                fields=["pickup_code"], condition=~Q(pickup_code=""), name="pickup_code_once"
            ),
        ]
        indexes = [models.Index(fields=["partner", "state", "send_by"], name="consignment_to_do")]

    def __str__(self) -> str:
        return self.number


class ConsignmentLine(models.Model):
    """How much of an order line is to be sent, and how much left."""

    consignment = models.ForeignKey(
        Consignment, models.CASCADE, related_name="lines", verbose_name=_("consignment")
    )
    line = models.ForeignKey(
        Line, models.PROTECT, related_name="consignment_lines", verbose_name=_("order line")
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    sent = models.PositiveIntegerField(_("sent"), default=0)

    class Meta:
        verbose_name = _("line of a consignment")
        verbose_name_plural = _("lines of a consignment")
        ordering = ["pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["consignment", "line"], name="consignment_line_once"),
            models.CheckConstraint(
                condition=Q(sent__lte=F("quantity")), name="consignment_sent_at_most_owed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line.title} × {self.quantity}"


class Parcel(models.Model):
    """A box with its waybill. `state` moves by `shop.tracking.tracing` alone once it left."""

    class State(models.TextChoices):
        PACKING = "packing", _("being packed")
        HANDED_OVER = "handed_over", _("waiting to be collected")
        COLLECTED = "collected", _("collected")
        IN_TRANSIT = "in_transit", pgettext_lazy("parcel", "on the way")
        DELIVERING = "delivering", _("being delivered")
        WAITING = "waiting", _("waiting to be picked up")
        DELIVERED = "delivered", _("delivered")
        TROUBLE = "trouble", _("held up")
        RETURNED = "returned", _("sent back")

    ON_THE_WAY = (
        State.HANDED_OVER, State.COLLECTED, State.IN_TRANSIT, State.DELIVERING, State.WAITING, State.TROUBLE,
    )  # fmt: skip

    consignment = models.ForeignKey(
        Consignment, models.PROTECT, related_name="parcels", verbose_name=_("consignment")
    )
    number = models.CharField(_("number"), max_length=44, unique=True)
    state = models.CharField(
        _("state"), max_length=16, choices=State.choices, default=State.PACKING, db_index=True
    )
    carrier = models.SlugField(_("carrier"), max_length=24, blank=True)
    waybill = models.CharField(_("waybill number"), max_length=40, blank=True)
    without_codes = models.CharField(_("why without codes"), max_length=100, blank=True)
    packed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("packed by"),
    )
    begun_at = models.DateTimeField(pgettext_lazy("parcel", "begun at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    handed_to = models.CharField(_("signed for by"), max_length=40, blank=True)
    traced_at = models.DateTimeField(_("newest news of"), null=True, blank=True)
    asked_at = models.DateTimeField(_("carrier asked at"), null=True, blank=True)
    subscribed_at = models.DateTimeField(_("news ordered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ["pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "waybill"], condition=~Q(waybill=""), name="waybill_once"
            ),
            models.CheckConstraint(
                condition=Q(state="packing") | Q(sent_at__isnull=False), name="parcel_sent_has_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(delivered_at=None) & Q(sent_at__isnull=False),
                name="parcel_to_ask_about",
            )
        ]

    def __str__(self) -> str:
        return self.number


class ParcelLine(models.Model):
    """How much of a line lies in a parcel."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="lines", verbose_name=_("parcel"))
    owed = models.ForeignKey(
        ConsignmentLine, models.PROTECT, related_name="packed", verbose_name=_("line of the consignment")
    )
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("line of a parcel")
        verbose_name_plural = _("lines of a parcel")
        ordering = ["pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["parcel", "owed"], name="parcel_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="parcel_line_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.owed.line.title} × {self.quantity}"


class ParcelCode(models.Model):
    """A package with its code in a parcel. A code lies in one parcel, until the package comes back."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="codes", verbose_name=_("parcel"))
    line = models.ForeignKey(
        ParcelLine, models.CASCADE, related_name="codes", verbose_name=_("line of the parcel")
    )
    code = models.ForeignKey(
        "record.Code", models.PROTECT, related_name="parcel_codes", verbose_name=_("code")
    )
    added_at = models.DateTimeField(_("added at"))
    came_back_at = models.DateTimeField(_("came back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("code in a parcel")
        verbose_name_plural = _("codes in parcels")
        ordering = ["pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(came_back_at=None), name="code_in_one_parcel"
            )
        ]

    def __str__(self) -> str:
        return self.code.serial
