"""The standard and its editions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from brand.editions.models import Edition


class Standard(ClusterableModel):
    """A standard that the makers of one county follow."""

    class Stage(models.TextChoices):
        """The step of the way it is about, in the order of the way."""

        PLANTING = "planting", pgettext_lazy("standard", "planting")
        PROCESSING = "processing", pgettext_lazy("standard", "processing")
        STORAGE = "storage", pgettext_lazy("standard", "storage")
        TRANSPORT = "transport", pgettext_lazy("standard", "transport")

    class Level(models.TextChoices):
        """Who sets it: Standardization Law of China, article 2."""

        NATIONAL = "national", _("national standard")
        INDUSTRY = "industry", _("industry standard")
        LOCAL = "local", _("local standard")
        GROUP = "group", _("standard of an association")
        ENTERPRISE = "enterprise", _("standard of an enterprise")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="standards", verbose_name=_("county")
    )
    number = models.CharField(
        pgettext_lazy("standard", "number"), max_length=40, help_text=_("Without the year: T/LCDC 001.")
    )
    title = models.CharField(_("title"), max_length=60)
    slug = models.SlugField(_("slug"), max_length=64)
    stage = models.CharField(pgettext_lazy("standard", "step"), max_length=12, choices=Stage)
    level = models.CharField(_("set by"), max_length=12, choices=Level, default=Level.GROUP)
    crops = ParentalManyToManyField(
        "brand.Crop",
        blank=True,
        related_name="standards",
        verbose_name=_("crops"),
        help_text=_("None chosen: it holds for all of them."),
    )
    about = models.TextField(
        _("what it settles"),
        max_length=400,
        blank=True,
        help_text=_("The two or three numbers everybody asks for."),
    )
    issued_by = models.CharField(pgettext_lazy("text", "issued by"), max_length=60, blank=True)
    is_public = models.BooleanField(_("shown to the public"), default=True)

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["number", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="standard_slug_once_per_county"),
            models.UniqueConstraint(fields=["region", "number"], name="standard_number_once_per_county"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class StandardEdition(Edition):
    """One edition of a standard. Standards of others are linked, not copied."""

    standard = ParentalKey(
        Standard, on_delete=models.CASCADE, related_name="editions", verbose_name=_("standard")
    )
    link = models.URLField(
        _("where it can be read"),
        blank=True,
        help_text=_("For national and industry standards: their page at the issuer. They may not be copied."),
    )

    class Meta(Edition.Meta):
        verbose_name = _("edition of a standard")
        verbose_name_plural = _("editions of a standard")
        constraints = [
            *Edition.Meta.constraints,
            models.UniqueConstraint(
                fields=["standard", "in_force_from"],
                name="standard_edition_once_a_day",
                violation_error_message=_("Two editions come into force on the same day."),
            ),
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(link=""),
                name="standard_edition_can_be_read",
                violation_error_message=_("Add the PDF, or say where it can be read."),
            ),
        ]

    @property
    def of(self) -> Standard:
        """The standard."""
        return self.standard
