"""The rules of a county for giving licences: days, years, who decides, what numbers begin with."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from brand.regions.models import Region


class LicenceRules(models.Model):
    """What the association of one county has laid down. A county without a row goes by the defaults."""

    region = models.OneToOneField(
        Region, models.CASCADE, related_name="licence_rules", verbose_name=_("county")
    )
    issuer = models.CharField(
        _("issued by"),
        max_length=80,
        blank=True,
        help_text=_("The association as it signs. Empty: the full name of the county."),
    )
    number_prefix = models.CharField(
        _("numbers begin with"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{1,6}$")],
        help_text=_("Capital letters, LC for LC-2026-0017. Empty: the first letters of the slug."),
    )
    review_days = models.PositiveSmallIntegerField(
        _("days to review an application"), default=10, validators=[MinValueValidator(1)]
    )
    publicity_days = models.PositiveSmallIntegerField(
        _("days of publicity"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Calendar days after the day of publication."),
    )
    validity_years = models.PositiveSmallIntegerField(
        _("years a licence is valid"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    checker_decides = models.BooleanField(
        _("whoever checked the site may decide"),
        default=False,
        help_text=_("Off: the decision is made by another officer than the site check."),
    )

    class Meta:
        verbose_name = _("rules for licences")
        verbose_name_plural = _("rules for licences")
        ordering = ["region"]

    def __str__(self) -> str:
        return str(self.region)

    @property
    def signed_by(self) -> str:
        """Who signs the certificates."""
        return self.issuer or self.region.full_name

    @property
    def prefix(self) -> str:
        """What numbers of this county begin with."""
        return self.number_prefix or self.region.slug[:2].upper()


def rules_of(region: Region) -> LicenceRules:
    """Return the rules of a county, the defaults where none were laid down. One query."""
    return LicenceRules.objects.filter(region=region).first() or LicenceRules(region=region)
