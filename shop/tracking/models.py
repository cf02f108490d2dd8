"""What was reported about a parcel on its way."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.private import private_storage
from shop.fulfilment.models import Parcel


class TrackingEvent(models.Model):
    """One step of a parcel: when, where, in the words of who reported it. Only ever added."""

    class Source(models.TextChoices):
        SELLER = "seller", _("seller")
        CARRIER = "carrier", _("carrier")
        COUNTY = "county", _("county station")
        BUYER = "buyer", _("buyer")
        SYSTEM = "system", _("by itself")

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="events", verbose_name=_("parcel"))
    at = models.DateTimeField(_("at"))
    state = models.CharField(_("state"), max_length=16, choices=Parcel.State.choices)
    text = models.CharField(_("what happened"), max_length=300)
    place = models.CharField(_("where"), max_length=80, blank=True)
    source = models.CharField(_("reported by"), max_length=16, choices=Source.choices)
    station = models.ForeignKey(
        "fengtu_shop.Station",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("station"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    proof = models.FileField(
        _("photo of the delivery"),
        upload_to="parcels/%Y/%m",
        storage=private_storage,
        max_length=120,
        blank=True,
    )
    # a carrier tells the same step again and again: it is kept once
    mark = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("step of a parcel")
        verbose_name_plural = _("steps of parcels")
        ordering = ["-at", "-pk"]
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["parcel", "mark"], name="tracking_event_once")]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.state} {self.at:%Y-%m-%d %H:%M}"


class TrackingMessage(models.Model):
    """What the tracking service sent, as it came, and what became of it."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("tracking", "taken")
        UNSIGNED = "unsigned", _("wrong signature")
        UNREADABLE = "unreadable", _("unreadable")
        UNKNOWN = "unknown", _("no such parcel")

    received_at = models.DateTimeField(_("received at"), db_index=True)
    pushed = models.BooleanField(_("pushed"), default=True)
    body = models.TextField(_("content"), blank=True)
    parcel = models.ForeignKey(
        Parcel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("parcel"),
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)

    class Meta:
        verbose_name = _("message of the tracking service")
        verbose_name_plural = _("messages of the tracking service")
        ordering = ["-received_at", "-pk"]
        app_label = "fengtu_shop"

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d %H:%M} {self.outcome}"
