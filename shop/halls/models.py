"""The hall of a county as its operators set it up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from shop.halls.blocks import MODULES, SERVICES


class Hall(models.Model):
    """The front page of the county's hall. A county without one shows the modules every hall begins with."""

    region = models.OneToOneField(
        "brand.Region", models.CASCADE, related_name="hall", verbose_name=_("county")
    )
    slogan = models.CharField(
        _("line of the banner"),
        max_length=40,
        blank=True,
        help_text=_("One sentence beside the seal of the county. Empty: the line of the county."),
    )
    notice = models.CharField(
        _("notice"),
        max_length=80,
        blank=True,
        help_text=_("Above everything: days without parcels, a delay."),
    )
    modules = StreamField(MODULES, verbose_name=_("modules"), blank=True)
    brand_title = models.CharField(_("title of the brand's story"), max_length=40, blank=True)
    brand_story = models.TextField(
        _("story of the brand"), blank=True, help_text=_("Also at the foot of each product page.")
    )
    brand_art = models.CharField(_("drawing beside it"), max_length=40, blank=True)
    services = StreamField(
        SERVICES,
        verbose_name=_("services"),
        blank=True,
        help_text=_("What a buyer may count on. At the foot of the hall and on each product page."),
    )

    class Meta:
        verbose_name = _("hall")
        verbose_name_plural = _("halls")
        ordering = ["region"]

    def __str__(self) -> str:
        return str(self.region)
