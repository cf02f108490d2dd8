"""The crop: what a product grows on, and the warmth below which it stands still."""

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Crop(models.Model):
    """A crop, for what its products have in common."""

    name = models.CharField(_("name"), max_length=32, unique=True)
    name_en = models.CharField(_("English name"), max_length=32, blank=True)
    base_temperature = models.DecimalField(
        _("base temperature in ℃"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_(
            "Below it the crop does not grow."
            " The record of a batch adds up how far each day's mean was above."
        ),
    )

    class Meta:
        verbose_name = _("crop")
        verbose_name_plural = pgettext_lazy("things grown", "crops")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(base_temperature=None) | models.Q(base_temperature__range=(-10, 30)),
                name="crop_base_temperature_plausible",
                violation_error_message=_("A base temperature lies between -10 and 30 ℃."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        english = (get_language() or "").startswith("en")
        return self.name_en if english and self.name_en else self.name
