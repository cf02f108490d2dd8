"""Certifications of products (三品一标), of kinds the association lists itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CertificationKind(models.Model):
    """A kind of certification: green food, organic, geographical indication, SC …"""

    name = models.CharField(_("name"), max_length=40, unique=True)
    expires = models.BooleanField(
        _("has an end"),
        default=True,
        help_text=_("Then the end must be filled in, and operators are reminded before it."),
    )
    place = models.PositiveSmallIntegerField(_("place in the list"), default=50)

    class Meta:
        verbose_name = _("kind of certification")
        verbose_name_plural = _("kinds of certification")
        ordering = ["place", "name"]

    def __str__(self) -> str:
        return self.name


class Certification(models.Model):
    """A certification of a product (三品一标): organic, green food, geographical indication, SC …"""

    product = models.ForeignKey(
        "brand.Product", models.PROTECT, related_name="certifications", verbose_name=_("product")
    )
    kind = models.ForeignKey(
        CertificationKind, models.PROTECT, related_name="certifications", verbose_name=_("kind")
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=80, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )

    class Meta:
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        ordering = ["product", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="certification_period_in_order",
                violation_error_message=_("It cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()
