"""The profile: what a trainee shows to members. There is one only while its consent stands."""

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from training.talent.works import Hours, Reach, Work

MOST_PAY = 100_000
"""Yuan a month: more is a slip of the finger."""


class TalentQuerySet(models.QuerySet):
    """Profiles by whether anybody may read them."""

    def shown(self, *, at: datetime) -> Self:
        """Return those whose consent holds, whether or not the ones that ran out were deleted yet."""
        return self.filter(consent__ended_at=None, consent__until__gt=at)


class Talent(models.Model):
    """A trainee in the talent pool. Deleted, with all below it, in the moment the consent ends.

    Members read the family name until the trainee accepts their request; then `phone` and the whole name.
    Pay is in yuan a month; none means: to be talked about.
    """

    trainee = models.OneToOneField(
        "training.Trainee", models.CASCADE, related_name="talent", verbose_name=_("trainee")
    )
    consent = models.OneToOneField(
        "training.TalentConsent", models.PROTECT, related_name="talent", verbose_name=_("consent")
    )
    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="+", verbose_name=_("county"))
    headline = models.CharField(
        _("in one line"), max_length=60, help_text=_("The first thing members read: what you do well.")
    )
    about = models.TextField(
        _("what you have done"),
        max_length=1000,
        blank=True,
        help_text=_("Work, a shop of your own, what you grew or sold. No telephone number here."),
    )
    hours = models.CharField(pgettext_lazy("work", "how much"), max_length=8, choices=Hours)
    reach = models.CharField(pgettext_lazy("work", "how far"), max_length=8, choices=Reach)
    place = models.CharField(_("town or village"), max_length=60, blank=True)
    pay_from = models.PositiveIntegerField(
        _("expected pay from"), null=True, blank=True, validators=[MaxValueValidator(MOST_PAY)]
    )
    pay_to = models.PositiveIntegerField(
        _("expected pay to"), null=True, blank=True, validators=[MaxValueValidator(MOST_PAY)]
    )
    available_from = models.DateField(_("free from"), null=True, blank=True, help_text=_("Empty: at once."))
    phone = models.CharField(
        _("mobile number"), max_length=20, help_text=_("Shown only to members whose request you accept.")
    )
    joined_at = models.DateTimeField(_("in the pool since"))
    changed_at = models.DateTimeField(_("changed"))

    objects = TalentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("talent pool", "profile")
        verbose_name_plural = pgettext_lazy("talent pool", "profiles")
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["region", "-changed_at"], name="talent_of_county")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pay_from=None) | Q(pay_to=None) | Q(pay_to__gte=F("pay_from")),
                name="talent_pay_in_order",
                violation_error_message=_("The upper end of the pay is below the lower one."),
            )
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """How members read this person before they were let in: by the family name."""
        family = self.trainee.name[:1]
        return (
            pgettext("talent pool", "%(family)s, trainee") % {"family": family}
            if family
            else gettext("Somebody")
        )


class TalentAbility(models.Model):
    """Something a person in the pool can do. Whether a certificate proves it is read, never stored."""

    talent = models.ForeignKey(Talent, models.CASCADE, related_name="abilities")
    work = models.CharField(_("work"), max_length=16, choices=Work)

    class Meta:
        verbose_name = _("ability")
        verbose_name_plural = _("abilities")
        ordering = ["pk"]
        indexes = [models.Index(fields=["work"], name="talent_by_ability")]
        constraints = [models.UniqueConstraint(fields=["talent", "work"], name="talent_ability_once")]

    def __str__(self) -> str:
        return str(self.get_work_display())


class TalentInterest(models.Model):
    """Something a person in the pool would like to do or to learn at work."""

    talent = models.ForeignKey(Talent, models.CASCADE, related_name="interests")
    work = models.CharField(_("work"), max_length=16, choices=Work)

    class Meta:
        verbose_name = pgettext_lazy("talent pool", "interest")
        verbose_name_plural = pgettext_lazy("talent pool", "interests")
        ordering = ["pk"]
        indexes = [models.Index(fields=["work"], name="talent_by_interest")]
        constraints = [models.UniqueConstraint(fields=["talent", "work"], name="talent_interest_once")]

    def __str__(self) -> str:
        return str(self.get_work_display())
