"""The register of inputs (投入品): seed, fertiliser, pesticide, with what their labels say."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Substance(models.Model):
    """An input that may be used, under the name people write down.

    A pesticide has its registration number (农药登记证号, 农药管理条例) and the days its label asks for
    between the last use and the harvest (安全间隔期). Labels say them per crop; without one it holds for all.
    """

    class Kind(models.TextChoices):
        """What it is."""

        SEED = "seed", _("seed or seedlings")
        FERTILISER = "fertiliser", _("fertiliser")
        PESTICIDE = "pesticide", _("pesticide")
        OTHER = "other", _("other input")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(
        _("name"), max_length=40, help_text=_("As people write it down, with its strength: 1% 苦参碱.")
    )
    registration = models.CharField(_("registration number"), max_length=30, blank=True)
    safety_days = models.PositiveSmallIntegerField(
        _("safety interval"),
        null=True,
        blank=True,
        help_text=_("Days from the last use to the harvest, from the label. 0: none is asked for."),
    )
    crop = models.ForeignKey(
        "brand.Product",
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("only for"),
        help_text=_("Where the label names another interval for this crop."),
    )
    unit = models.CharField(_("usual unit"), max_length=16, blank=True)
    maker = models.CharField(_("maker"), max_length=60, blank=True)
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("What may no longer be used stays in the register.")
    )

    class Meta:
        verbose_name = _("input")
        verbose_name_plural = _("register of inputs")
        ordering = ["kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                F("crop"),
                name="substance_name_unique_for_crop",
                violation_error_message=_("The register has this name already."),
            ),
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(crop__isnull=True),
                name="substance_name_unique_for_all",
                violation_error_message=_("The register has this name already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="pesticide") | (Q(safety_days__isnull=False) & ~Q(registration="")),
                name="substance_pesticide_has_number_and_interval",
                violation_error_message=_(
                    "A pesticide needs its registration number and its safety interval."
                ),
            ),
            models.CheckConstraint(
                condition=Q(safety_days__isnull=True) | Q(safety_days__lte=365),
                name="substance_interval_within_a_year",
                violation_error_message=_("A safety interval is at most a year."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
