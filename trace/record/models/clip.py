"""Short films of a season: one step of the work, on one base, for one product or one batch."""

from pathlib import PurePath
from secrets import token_hex

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def clip_path(clip: "Clip", name: str) -> str:
    """Return where a film or its still is kept; the name it came with says nothing to anybody."""
    return f"clips/{token_hex(12)}{PurePath(name).suffix.lower()}"


class Clip(models.Model):
    """A film of one step. With a batch it is that batch's; without one it is of what the base grows."""

    class Step(models.TextChoices):
        """The steps of a season, in their order."""

        SOWING = "sowing", _("sowing")
        FERTILISING = "fertilising", _("fertilising")
        IRRIGATION = "irrigation", _("watering")
        PEST_CONTROL = "pest_control", pgettext_lazy("film", "pest control")
        RIPENING = "ripening", _("ripening")
        HARVEST = "harvest", _("picking")

    base = models.ForeignKey("telemetry.Base", models.PROTECT, related_name="clips", verbose_name=_("base"))
    product = models.ForeignKey(
        "brand.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clips",
        verbose_name=_("product"),
        help_text=_("Empty: for everything the base grows."),
    )
    batch = models.ForeignKey(
        "record.Batch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clips",
        verbose_name=_("batch"),
        help_text=_("Only where it shows this batch and no other."),
    )
    step = models.CharField(_("step"), max_length=16, choices=Step)
    title = models.CharField(_("title"), max_length=60)
    shot_on = models.DateField(_("filmed on"))
    shot_by = models.CharField(_("filmed by"), max_length=40, blank=True)
    video = models.FileField(_("film"), upload_to=clip_path)
    poster = models.ImageField(
        _("still"), upload_to=clip_path, blank=True, help_text=_("Empty: taken out of the film.")
    )
    width = models.PositiveSmallIntegerField(_("width"), editable=False)
    height = models.PositiveSmallIntegerField(_("height"), editable=False)
    seconds = models.PositiveSmallIntegerField(_("seconds"), editable=False)
    is_public = models.BooleanField(_("shown to the public"), default=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering = ["-shot_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(batch=None) | Q(product__isnull=False), name="clip_of_a_batch_names_its_product"
            )
        ]
        indexes = [models.Index(fields=["base", "shot_on"], name="clip_base_shot")]

    def __str__(self) -> str:
        return self.title
