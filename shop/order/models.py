"""Orders, their lines and where they go."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from oscar.apps.address.abstract_models import AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from shop.ordering.tokens import new_token


class Order(AbstractOrder):
    """A purchase of one buyer in one hall. `state` moves by `shop.ordering.states` alone.

    `token` opens the order without an account (it stands in the link of the message); Oscar's `status`
    stays empty.
    """

    class State(models.TextChoices):
        UNPAID = "unpaid", _("waiting for payment")
        RESERVED = "reserved", _("deposit paid, waiting for the harvest")
        TO_SEND = "to_send", _("to be sent")
        PARTLY_SENT = "partly_sent", _("partly on the way")
        SENT = "sent", _("on the way")
        RECEIVED = "received", pgettext_lazy("order", "received")
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")

    class Delivery(models.TextChoices):
        PARCEL = "parcel", _("by parcel")
        PICKUP = "pickup", _("picked up")

    class Kind(models.TextChoices):
        RETAIL = "retail", _("retail")
        PRESALE = "presale", _("order agriculture")
        TRADE = "trade", _("trade")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, null=True, related_name="orders", verbose_name=_("county")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.RETAIL)
    state = models.CharField(
        _("state"), max_length=16, choices=State.choices, default=State.UNPAID, db_index=True
    )
    token = models.CharField(_("token"), max_length=32, unique=True, default=new_token)
    phone = models.CharField(_("phone number"), max_length=20, blank=True, db_index=True)
    delivery = models.CharField(
        _("delivery"), max_length=16, choices=Delivery.choices, default=Delivery.PARCEL
    )
    pickup_point = models.ForeignKey(
        "fengtu_shop.PickupPoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("pick-up point"),
    )
    buyer_note = models.CharField(_("note of the buyer"), max_length=200, blank=True)
    pay_until = models.DateTimeField(_("pay until"), null=True, blank=True, db_index=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("order", "closed at"), null=True, blank=True)
    # of the form that placed it: sent twice, it makes one order
    checkout_key = models.CharField(
        _("key of the checkout"), max_length=32, unique=True, null=True, blank=True, editable=False
    )


class Line(AbstractLine):
    """One article of an order. What was refunded or came back never exceeds what was bought.

    `withdrawn_quantity` was taken out of the order before it left (see `shop.ordering.withdrawing`):
    it is never sent. `refunded_quantity` holds it too.
    """

    gift = models.BooleanField(_("gift"), default=False)
    refunded_quantity = models.PositiveIntegerField(_("refunded"), default=0)
    sent_quantity = models.PositiveIntegerField(_("sent"), default=0)
    withdrawn_quantity = models.PositiveIntegerField(_("withdrawn"), default=0)

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_quantity__lte=F("quantity")), name="order_line_refunded_at_most_bought"
            ),
            models.CheckConstraint(
                condition=Q(sent_quantity__lte=F("quantity")), name="order_line_sent_at_most_bought"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_quantity__lte=F("quantity") - F("sent_quantity")),
                name="order_line_withdrawn_at_most_unsent",
            ),
        ]


class ShippingAddress(AbstractShippingAddress):
    """Where an order goes; the lines are those of `shop.address.models`."""

    district_code = models.CharField(_("division code"), max_length=6, blank=True)


from oscar.apps.order.models import *  # noqa: E402, F403
from oscar.apps.order.models import OrderStatusChange as OrderStatusChange  # noqa: E402, PLC0414
