"""The categories of the library: an editable list below the two systems of a visual identity."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class VISystem(models.TextChoices):
    """The two halves of a visual identity."""

    BASIC = "basic", _("basic system")
    APPLICATION = "application", _("application system")


class VICategory(models.Model):
    """What kind of thing an asset is: logo, colours, type, mascot; sign, badge, parasol, bag, box …"""

    system = models.CharField(_("system"), max_length=12, choices=VISystem)
    slug = models.SlugField(
        _("slug"), max_length=32, unique=True, help_text=_("Part of the address: letters, digits, dashes.")
    )
    name = models.CharField(_("name"), max_length=32)
    name_en = models.CharField(_("name in English"), max_length=48, blank=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Smaller ones come first.")
    )

    class Meta:
        verbose_name = _("VI category")
        verbose_name_plural = _("VI categories")
        # "basic" is read before "application"
        ordering = ["-system", "position", "name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name
