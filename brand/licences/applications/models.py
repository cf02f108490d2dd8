"""The application for a licence, its products and papers."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.licences.uses import validate_classes, validate_uses
from brand.private import private_storage


class ApplicationQuerySet(models.QuerySet):
    """Applications by what is to be done with them."""

    def open(self) -> Self:
        """Return those that were sent and not decided yet."""
        return self.filter(state__in=LicenceApplication.IN_HAND)

    def overdue(self, *, on: date) -> Self:
        """Return those the association should have looked at before that day."""
        return self.filter(state=LicenceApplication.State.SUBMITTED, due_on__lt=on)

    def in_publicity(self, *, on: date) -> Self:
        """Return those anybody may object to on that day."""
        State = LicenceApplication.State
        return self.filter(state=State.PUBLICITY, publicity_from__lte=on, publicity_to__gte=on)


class LicenceApplication(models.Model):
    """A member asks for the right to use the brand on products of its own (用标申请)."""

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned for correction")
        ACCEPTED = "accepted", _("accepted, site check to come")
        CHECKED = "checked", _("site check passed")
        PUBLICITY = "publicity", _("in publicity")
        LICENSED = "licensed", pgettext_lazy("application", "licensed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    WITH_MEMBER = (State.DRAFT, State.RETURNED)  # the member may change it
    IN_HAND = (State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.CHECKED, State.PUBLICITY)
    OVER = (State.LICENSED, State.REFUSED, State.WITHDRAWN)

    number = models.CharField(_("number"), max_length=32, unique=True, null=True, blank=True)
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="licence_applications", verbose_name=_("county")
    )
    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="licence_applications", verbose_name=_("member")
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("applied by"),
    )
    renews = models.ForeignKey(
        "brand.Licence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewal_applications",
        verbose_name=_("renews"),
    )
    brand_name = models.CharField(_("brand"), max_length=60, blank=True)
    trademark_classes = models.JSONField(
        _("trademark classes"), default=list, blank=True, validators=[validate_classes]
    )
    uses = models.JSONField(_("uses"), default=list, blank=True, validators=[validate_uses])
    purpose = models.TextField(_("what the brand is to be used for"), blank=True, max_length=2000)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    remarks = models.JSONField(
        _("remarks"), default=dict, blank=True, help_text=_("What the officer asks for, by field.")
    )
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("last changed"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    due_on = models.DateField(_("to be reviewed by"), null=True, blank=True)
    publicity_from = models.DateField(_("publicity from"), null=True, blank=True)
    publicity_to = models.DateField(_("publicity to"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reason = models.TextField(_("reason of the decision"), blank=True)
    licence = models.OneToOneField(
        "brand.Licence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
        verbose_name=_("licence"),
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for a licence")
        verbose_name_plural = _("applications for licences")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", number=None)
                | Q(state="withdrawn")
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="licence_application_sent_has_number",
            ),
            models.CheckConstraint(
                condition=Q(publicity_from=None, publicity_to=None) | Q(publicity_to__gt=F("publicity_from")),
                name="licence_application_publicity_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="licensed", licence__isnull=False, decided_at__isnull=False)
                | (~Q(state="licensed") & Q(licence=None)),
                name="licence_application_licensed_has_licence",
            ),
            models.UniqueConstraint(
                fields=["renews"],
                condition=Q(state__in=("draft", "submitted", "returned", "accepted", "checked", "publicity")),
                name="licence_application_one_open_renewal",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.member} {self.created_at:%Y-%m-%d}"

    @property
    def is_with_member(self) -> bool:
        """Whether the member may change it now."""
        return self.state in self.WITH_MEMBER

    def is_overdue(self, *, on: date) -> bool:
        """Tell whether the association should have looked at it before that day."""
        return self.state == self.State.SUBMITTED and self.due_on is not None and self.due_on < on

    @property
    def is_over(self) -> bool:
        """Whether nothing happens to it any more."""
        return self.state in self.OVER


class ApplicationProduct(models.Model):
    """One product asked for, with the number of packages of the whole period."""

    application = models.ForeignKey(LicenceApplication, models.CASCADE, related_name="wanted")
    product = models.ForeignKey("brand.Product", models.CASCADE, related_name="+", verbose_name=_("product"))
    quantity = models.PositiveBigIntegerField(_("packages"), null=True, blank=True)

    class Meta:
        verbose_name = _("product applied for")
        verbose_name_plural = _("products applied for")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "product"], name="licence_application_product_once"
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gt=0), name="licence_application_quantity_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.product_id}"


class ApplicationPaper(models.Model):
    """A paper that came with an application; only its member and the officers may read it."""

    class Kind(models.TextChoices):
        """What it proves."""

        BUSINESS = "business", _("business licence")
        QUALITY = "quality", _("test report")
        ORIGIN = "origin", _("proof of origin")
        CERTIFICATION = "certification", _("certification")
        DESIGN = "design", _("draft of the packaging")
        OTHER = "other", _("something else")

    application = models.ForeignKey(LicenceApplication, models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind of paper"), max_length=16, choices=Kind)
    file = models.FileField(_("file"), storage=private_storage, upload_to="licences/applications/%Y/%m/")
    name = models.CharField(_("name"), max_length=120)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("paper of an application")
        verbose_name_plural = _("papers of applications")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "sha256"], name="licence_application_paper_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
