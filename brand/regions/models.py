"""The county."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A county with a regional brand. Its slug names the theme folder and the host `<slug>.…`."""

    slug = models.SlugField(
        _("slug"), max_length=32, unique=True, help_text=_("Names the folder in themes/.")
    )
    name = models.CharField(_("short name"), max_length=32)
    full_name = models.CharField(_("full name"), max_length=64, help_text=_("Province, city and county."))
    adcode = models.CharField(
        _("division code"),
        max_length=6,
        validators=[RegexValidator(r"^\d{6}$")],
        help_text=_("Six digits of GB/T 2260."),
    )
    site = models.OneToOneField(
        "wagtailcore.Site",
        models.PROTECT,
        related_name="region",
        verbose_name=_("site"),
        null=True,
        blank=True,
    )
    icp_number = models.CharField(_("ICP filing number"), max_length=40, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=24, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        ordering = ["adcode"]

    def __str__(self) -> str:
        return self.name
