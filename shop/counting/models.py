"""Numbers of a day. They know no person, no device and no address."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HallCount(models.Model):
    """How often something happened in the hall of one county on one day."""

    class Kind(models.TextChoices):
        """What is counted."""

        VISIT = "visit", _("visits")
        VIEW = "view", _("pages opened")
        BASKET = "basket", _("put into a basket")
        CHECKOUT = "checkout", _("checkouts opened")

    region = models.ForeignKey("brand.Region", models.CASCADE, related_name="+", verbose_name=_("county"))
    day = models.DateField(_("day"))
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    count = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("number of a day")
        verbose_name_plural = _("numbers of a day")
        ordering = ["-day", "region", "kind"]
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["region", "day", "kind"], name="hall_count_once")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.kind} {self.count}"
