"""Stations in county, towns and villages, and the lines between them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Station(models.Model):
    """A place where parcels of the county are collected, passed on and handed out."""

    class Tier(models.TextChoices):
        COUNTY = "county", _("county hub")
        TOWN = "town", _("town station")
        VILLAGE = "village", _("village point")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="stations", verbose_name=_("county")
    )
    tier = models.CharField(_("tier"), max_length=8, choices=Tier.choices)
    name = models.CharField(_("name"), max_length=60)
    place = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone number"), max_length=20, blank=True)
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below", verbose_name=_("belongs to")
    )
    pickup_point = models.OneToOneField(
        "fengtu_shop.PickupPoint",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="station",
        verbose_name=_("hands out as"),
    )
    keepers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="stations", verbose_name=_("staff")
    )
    open = models.BooleanField(_("open"), default=True)

    class Meta:
        verbose_name = _("parcel station")
        verbose_name_plural = _("parcel stations")
        ordering = ["region", "tier", "name"]
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="station_name_once")]

    def __str__(self) -> str:
        return self.name


class CountyLine(models.Model):
    """A line that a van runs each day, there and back."""

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="parcel_lines", verbose_name=_("county")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kilometres = models.PositiveSmallIntegerField(_("length, km"))
    minutes = models.PositiveSmallIntegerField(_("there and back, minutes"))
    leaves_at = models.TimeField(_("leaves at"))
    returns_at = models.TimeField(_("turns back at"))
    serves = models.CharField(_("serves"), max_length=200, blank=True)
    running = models.BooleanField(pgettext_lazy("bus", "running"), default=True)

    class Meta:
        verbose_name = _("parcel line")
        verbose_name_plural = _("parcel lines")
        ordering = ["region", "number"]
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="county_line_once")]

    def __str__(self) -> str:
        return str(_("Line %(number)d") % {"number": self.number})


class LineStop(models.Model):
    """A stop of a line, in the order of the way out."""

    line = models.ForeignKey(
        CountyLine, models.CASCADE, related_name="stops", verbose_name=pgettext_lazy("bus", "line")
    )
    position = models.PositiveSmallIntegerField(_("place on the line"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="stops", verbose_name=_("station"))

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        ordering = ["line", "position"]
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["line", "position"], name="line_stop_place_once")]

    def __str__(self) -> str:
        return f"{self.line} {self.station}"
