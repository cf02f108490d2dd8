"""Where an order can be picked up."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PickupPoint(models.Model):
    """A hall or service station (服务站点) that hands out orders."""

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="pickup_points", verbose_name=_("county")
    )
    name = models.CharField(_("name"), max_length=80)
    place = models.CharField(_("address"), max_length=200)
    district_code = models.CharField(_("division code"), max_length=6, blank=True)
    phone = models.CharField(_("phone number"), max_length=20, blank=True)
    hours = models.CharField(_("opening hours"), max_length=100, blank=True)
    open = models.BooleanField(_("open"), default=True)

    class Meta:
        verbose_name = _("pick-up point")
        verbose_name_plural = _("pick-up points")
        ordering = ["region", "name"]
        app_label = "fengtu_shop"

    def __str__(self) -> str:
        return self.name
