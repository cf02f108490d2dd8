"""The record of a site check (现场核查), with its photos."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.licences.applications.models import LicenceApplication
from brand.private import private_storage

# what the checker looks at; the keys are kept for ever, the words may be bettered
POINTS: Final[dict[str, Promise]] = {
    "place": _("The place of growing or making is the one in the papers"),
    "origin": _("Raw goods come from the county, with records"),
    "process": _("Work follows the county's standards"),
    "records": _("Records of fertiliser, plant protection and harvest are kept"),
    "hygiene": _("Sorting, packing and storage are clean and separate"),
    "packaging": _("Packaging with the brand is locked away and counted"),
}


class Finding(models.TextChoices):
    """What was found at one point."""

    GOOD = "good", _("in order")
    BAD = "bad", _("not in order")
    NONE = "none", _("does not apply")


class SiteCheck(models.Model):
    """One visit. Added, never changed; a second visit is a second record."""

    application = models.ForeignKey(LicenceApplication, models.CASCADE, related_name="site_checks")
    checked_on = models.DateField(_("day of the visit"))
    place = models.CharField(_("place"), max_length=120)
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    checked_by = models.CharField(
        _("who was there"), max_length=120, help_text=_("Everybody who checked, and who received them.")
    )
    findings = models.JSONField(_("points looked at"), default=dict)
    words = models.TextField(_("in words"), blank=True, max_length=2000)
    passed = models.BooleanField(_("passed"))
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("site check")
        verbose_name_plural = _("site checks")
        ordering = ["checked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(words=""), name="site_check_failure_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.checked_on}"

    @property
    def points(self) -> list[tuple[Promise, str, Promise | str]]:
        """Return (point, what was found, that in words) in the order of the form."""
        return [
            (words, self.findings[key], Finding(self.findings[key]).label)
            for key, words in POINTS.items()
            if key in self.findings
        ]


class SiteCheckPhoto(models.Model):
    """A photo of a visit; only its member and the officers may see it."""

    check_of = models.ForeignKey(SiteCheck, models.CASCADE, related_name="photos")
    file = models.FileField(_("file"), storage=private_storage, upload_to="licences/site-checks/%Y/%m/")

    class Meta:
        verbose_name = _("photo of a site check")
        verbose_name_plural = _("photos of site checks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.check_of_id}: {self.pk}"
