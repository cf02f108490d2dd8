"""The base: the place where it grows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Base(models.Model):
    """A place where produce of the brand grows, with its devices."""

    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="bases", verbose_name=_("county"))
    slug = models.SlugField(
        _("slug"), max_length=64, unique=True, help_text=_("Its address: /bases/… Unique over all counties.")
    )
    name = models.CharField(_("name"), max_length=60)
    place = models.CharField(_("place"), max_length=80, blank=True, help_text=_("Town and village."))
    area_mu = models.DecimalField(_("area in mu"), max_digits=10, decimal_places=2, null=True, blank=True)
    crops = models.CharField(_("crops"), max_length=120, blank=True)
    about = models.TextField(_("about"), blank=True)
    art = models.CharField(
        _("drawing"), max_length=40, blank=True, help_text=_("Name of a drawing of the theme, without .svg.")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name = _("base")
        verbose_name_plural = _("bases")
        ordering = ["region", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None) | models.Q(latitude__range=(-90, 90)),
                name="base_latitude_on_earth",
            ),
            models.CheckConstraint(
                condition=models.Q(longitude=None) | models.Q(longitude__range=(-180, 180)),
                name="base_longitude_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name
