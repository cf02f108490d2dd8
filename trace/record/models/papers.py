"""The papers of a batch and a product: conformity certificate, residue tests, certifications."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

POSITIVE_FROM = Decimal(50)  # % inhibition, GB/T 5009.199: a laboratory must look


class ConformityCertificate(models.Model):
    """承诺达标合格证 of one batch: the eight fields of the 管理办法 in force since 2026-02-01."""

    class Basis(models.TextChoices):
        """What the promise rests on (承诺依据)."""

        QUALITY_CONTROL = "quality_control", _("quality and safety control")
        SELF_TEST = "self_test", _("own test")
        COMMISSIONED_TEST = "commissioned_test", _("commissioned test")

    batch = ParentalKey(
        "record.Batch",
        on_delete=models.CASCADE,
        related_name="conformity_certificates",
        unique=True,
        verbose_name=_("batch"),
    )
    promises = models.TextField(_("what is promised"), max_length=300)
    basis = models.CharField(_("basis of the promise"), max_length=20, choices=Basis)
    product_name = models.CharField(_("name of the product"), max_length=60)
    quantity = models.CharField(_("quantity (weight)"), max_length=40)
    origin = models.CharField(_("place of origin"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    promised_by = models.CharField(_("promised by"), max_length=80)
    contact = models.CharField(_("contact"), max_length=60)

    class Meta:
        verbose_name = _("conformity certificate")
        verbose_name_plural = _("conformity certificates")
        constraints = [
            models.CheckConstraint(
                condition=~Q(promises="")
                & ~Q(product_name="")
                & ~Q(quantity="")
                & ~Q(origin="")
                & ~Q(promised_by="")
                & ~Q(contact=""),
                name="conformity_certificate_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["quality_control", "self_test", "commissioned_test"]),
                name="conformity_certificate_basis_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_name} {self.quantity}"


class ResidueTest(models.Model):
    """A quick test for pesticide residues; 50 % inhibition and more needs a laboratory test."""

    batch = ParentalKey(
        "record.Batch", on_delete=models.CASCADE, related_name="residue_tests", verbose_name=_("batch")
    )
    inhibition = models.DecimalField(
        _("inhibition, %"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(-20)), MaxValueValidator(Decimal(100))],
    )
    standard = models.CharField(_("standard"), max_length=40, default="GB/T 5009.199")
    tested_at = models.DateTimeField(_("tested at"))
    tested_by = models.CharField(_("tested by"), max_length=60)
    laboratory_report = models.CharField(
        _("laboratory report"),
        max_length=60,
        blank=True,
        help_text=_("Number of the laboratory's report that found it clean. Needed from 50 % on."),
    )

    class Meta:
        verbose_name = _("residue test")
        verbose_name_plural = _("residue tests")
        ordering = ["tested_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(inhibition__gte=-20, inhibition__lte=100),
                name="residue_inhibition_is_a_percentage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.inhibition} %"

    @property
    def is_positive(self) -> bool:
        """Whether the quick test alone does not clear the batch."""
        return self.inhibition >= POSITIVE_FROM

    @property
    def is_cleared(self) -> bool:
        """Whether the batch may be sold as far as this test goes."""
        return not self.is_positive or bool(self.laboratory_report)


class Certification(models.Model):
    """A certification of a product (三品一标): organic, green food, geographical indication, SC …"""

    product = models.ForeignKey(
        "brand.Product", models.PROTECT, related_name="certifications", verbose_name=_("product")
    )
    kind = models.CharField(
        _("kind"), max_length=40, help_text=_("Green food, organic, geographical indication, SC …")
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
