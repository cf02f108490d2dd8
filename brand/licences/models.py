"""The licence."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from brand.licences.uses import validate_classes, validate_uses


class LicenceQuerySet(models.QuerySet):
    """Licences by what they allow."""

    def valid(self, *, on: date) -> Self:
        """Return licences that are in force on that day."""
        return self.filter(state=Licence.State.VALID, valid_from__lte=on, valid_to__gte=on)


class Licence(models.Model):
    """The right of a member to use the brand on named products in a period (用标授权)."""

    class State(models.TextChoices):
        """What the association decided; expiry follows from the dates."""

        VALID = "valid", _("valid")
        SUSPENDED = "suspended", _("suspended")
        REVOKED = "revoked", _("revoked")

    number = models.CharField(_("number"), max_length=32, unique=True)
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="licences", verbose_name=_("county")
    )
    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="licences", verbose_name=_("member")
    )
    brand_name = models.CharField(_("brand"), max_length=60)
    products = models.ManyToManyField(
        "brand.Product",
        through="brand.LicenceProduct",
        related_name="licences",
        verbose_name=_("products"),
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.VALID)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    trademark_classes = models.JSONField(
        _("trademark classes"), default=list, blank=True, validators=[validate_classes]
    )
    uses = models.JSONField(_("uses"), default=list, blank=True, validators=[validate_uses])
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    renews = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewed_by",
        verbose_name=_("renews"),
        help_text=_("The licence this one follows."),
    )
    # what its certificate says, word for word, and the hash of the PDF: set anew by every correction
    printed = models.JSONField(_("as printed"), default=dict, blank=True, editable=False)
    certificate_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["-valid_from", "number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")), name="licence_period_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.number

    def is_valid(self, *, on: date) -> bool:
        """Tell whether the licence is in force on that day."""
        return self.state == self.State.VALID and self.valid_from <= on <= self.valid_to
