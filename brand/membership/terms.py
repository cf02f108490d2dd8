"""How a county deals with applications: days to answer, days that data is kept."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from brand.regions.models import Region


class MembershipTerms(models.Model):
    """The terms of one county. A county without a row of its own has the defaults."""

    region = models.OneToOneField(
        Region, models.CASCADE, related_name="membership_terms", verbose_name=_("county")
    )
    review_days = models.PositiveSmallIntegerField(
        _("days to answer"),
        default=15,
        validators=[MinValueValidator(1)],
        help_text=_("Calendar days from the day an application comes in. The applicant reads the date."),
    )
    remind_days = models.PositiveSmallIntegerField(
        _("remind officers so many days before"), default=3, help_text=_("And again once it is overdue.")
    )
    drafts_kept_days = models.PositiveSmallIntegerField(
        _("days a draft is kept"),
        default=180,
        validators=[MinValueValidator(30)],
        help_text=_("After the last change. Then it is deleted with its papers; withdrawn ones too."),
    )
    refused_kept_days = models.PositiveSmallIntegerField(
        _("days a refused application is kept"),
        default=365,
        validators=[MinValueValidator(30)],
        help_text=_("After the decision. Then persons, telephones and papers are erased."),
    )

    class Meta:
        verbose_name = _("terms of membership applications")
        verbose_name_plural = _("terms of membership applications")

    def __str__(self) -> str:
        return str(self.region)


def terms_of(region: Region) -> MembershipTerms:
    """Return the terms of a county, or the defaults (not saved). One query."""
    return MembershipTerms.objects.filter(region=region).first() or MembershipTerms(region=region)
