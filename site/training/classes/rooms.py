"""Rooms a class is given in, and the equipment that stands in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Room(models.Model):
    """A place that is booked: a training room, a live-streaming room, a demonstration field."""

    class Kind(models.TextChoices):
        """What it is made for."""

        CLASS = "class", _("training room")
        LIVE = "live", _("live-streaming room")
        FIELD = "field", _("demonstration field")
        OTHER = "other", pgettext_lazy("kind of room", "other")

    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="rooms", verbose_name=_("county"))
    name = models.CharField(pgettext_lazy("room", "name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CLASS)
    address = models.CharField(_("address"), max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    keeper = models.CharField(
        _("who has the key"), max_length=60, blank=True, help_text=_("Name and how to reach them.")
    )
    is_open = models.BooleanField(
        _("can be booked"), default=True, help_text=_("Off: being rebuilt, or given back.")
    )

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["region", "kind", "name"]
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="room_once_a_county")]

    def __str__(self) -> str:
        return self.name


class Equipment(models.Model):
    """One thing that is lent: a camera, a light, a projector."""

    class Condition(models.TextChoices):
        """Whether it can be used."""

        FINE = "fine", pgettext_lazy("equipment", "in order")
        REPAIR = "repair", pgettext_lazy("equipment", "being repaired")
        GONE = "gone", pgettext_lazy("equipment", "written off")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="equipment", verbose_name=_("county")
    )
    name = models.CharField(pgettext_lazy("equipment", "name"), max_length=60)
    number = models.CharField(_("asset number"), max_length=30)
    room = models.ForeignKey(
        Room,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="equipment",
        verbose_name=_("stands in"),
        help_text=_("Empty: it is carried to where it is needed."),
    )
    condition = models.CharField(_("condition"), max_length=8, choices=Condition, default=Condition.FINE)

    class Meta:
        verbose_name = _("piece of equipment")
        verbose_name_plural = _("equipment")
        ordering = ["region", "name", "number"]
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="equipment_once_a_county")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
