"""The application of an enterprise, co-operative or household for membership, and its papers."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.members.models import Member
from brand.private import private_storage


class MembershipApplication(models.Model):
    """One application. What the applicant types is kept as typed: a draft may be wrong or incomplete.

    `version` grows with every change, so that of two who change the same one the second is told.
    """

    class State(models.TextChoices):
        """Who is to do something: the applicant, the association, nobody."""

        DRAFT = "draft", pgettext_lazy("application", "draft")
        SUBMITTED = "submitted", pgettext_lazy("application", "being looked at")
        RETURNED = "returned", pgettext_lazy("application", "sent back")
        APPROVED = "approved", pgettext_lazy("application", "approved")
        REFUSED = "refused", pgettext_lazy("application", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")

    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="+", verbose_name=_("county"))
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="membership_applications",
        verbose_name=_("applicant"),
    )
    number = models.CharField(_("number"), max_length=24, unique=True, null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)

    kind = models.CharField(_("legal form"), max_length=16, choices=Member.Kind, blank=True)
    name = models.CharField(_("name on the business licence"), max_length=80, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=24, blank=True)
    legal_person = models.CharField(_("legal representative"), max_length=40, blank=True)
    town = models.CharField(_("town or township"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    goods = models.TextField(_("what you grow or make"), max_length=600, blank=True)
    output = models.CharField(_("how much in a year"), max_length=120, blank=True)
    own_brand = models.CharField(_("brand or trademark of your own"), max_length=80, blank=True)
    certifications = models.CharField(_("certifications you hold"), max_length=160, blank=True)
    about = models.TextField(_("about you, for your public page"), max_length=600, blank=True)
    public_phone = models.CharField(_("telephone for your public page"), max_length=24, blank=True)
    contact_name = models.CharField(_("who we talk to"), max_length=40, blank=True)
    contact_phone = models.CharField(_("mobile number of that person"), max_length=32, blank=True)
    confirmed_phone = models.CharField(_("confirmed number"), max_length=20, blank=True, editable=False)
    contact_email = models.CharField(_("e-mail"), max_length=254, blank=True)
    promised = models.BooleanField(_("promised"), default=False)

    remarks = models.JSONField(_("remarks"), default=dict, blank=True)  # field: what to put right
    before = models.JSONField(default=dict, blank=True, editable=False)  # the values when it was sent back
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(pgettext_lazy("application", "begun at"))
    changed_at = models.DateTimeField(_("last changed at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    member = models.OneToOneField(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
        verbose_name=_("member"),
    )
    erased_at = models.DateTimeField(_("personal data erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership application")
        verbose_name_plural = _("membership applications")
        ordering = ["due_on", "-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=Q(state="submitted") & ~Q(credit_code=""),
                name="membership_applied_for_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted")
                | Q(submitted_at__isnull=False, due_on__isnull=False, number__isnull=False),
                name="membership_submitted_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", member__isnull=False)
                | (~Q(state="approved") & Q(member__isnull=True)),
                name="membership_member_if_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | Q(decided_at__isnull=False),
                name="membership_decision_has_date",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="membership_due")]

    def __str__(self) -> str:
        return self.name or str(_("without a name yet"))

    @property
    def is_open(self) -> bool:
        """Whether the applicant may still change it."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    def is_overdue(self, *, on: date) -> bool:
        """Tell whether the association should have answered before that day."""
        return self.state == self.State.SUBMITTED and self.due_on is not None and self.due_on < on


class MembershipPaper(models.Model):
    """One paper that goes with an application: a PDF or a photo, read by people with permission only."""

    class Kind(models.TextChoices):
        """What it is."""

        LICENCE = "licence", _("business licence")
        PLACE = "place", _("land contract or lease")
        PRODUCTION = "production", _("production or food licence")
        TEST = "test", _("test report or certification")
        OTHER = "other", pgettext_lazy("paper", "something else")

    application = models.ForeignKey(MembershipApplication, models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    file = models.FileField(_("file"), storage=private_storage, max_length=200)
    name = models.CharField(_("name of the file"), max_length=120)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("paper of an application")
        verbose_name_plural = _("papers of applications")
        ordering = ["kind", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "sha256"], name="membership_paper_once")
        ]

    def __str__(self) -> str:
        return self.name
