"""What an inspector looks at: an editable list for each county."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InspectionPoint(models.Model):
    """One line of the checklist of a county. An inspection keeps the lines as they were on its day."""

    region = models.ForeignKey(
        "brand.Region", models.CASCADE, related_name="inspection_points", verbose_name=_("county")
    )
    text = models.CharField(_("what is looked at"), max_length=120)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    in_use = models.BooleanField(_("asked at new inspections"), default=True)

    class Meta:
        verbose_name = _("checklist line")
        verbose_name_plural = _("checklist lines")
        ordering = ["region", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "text"], name="inspection_point_once_per_county")
        ]

    def __str__(self) -> str:
        return self.text
