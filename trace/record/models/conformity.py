"""承诺达标合格证: the paper with which a producer promises that a batch meets the standard."""

from datetime import date, timedelta
from typing import Any, Never

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from record.papers.numbers import new_number

KEPT = timedelta(days=183)  # 管理办法 in force since 2026-02-01: at least six months; here for good


class CertificateIsKept(Exception):
    """Somebody tried to delete a certificate; it is withdrawn with a reason and stays readable."""


class ConformityCertificateQuerySet(models.QuerySet):
    """Certificates are issued and withdrawn, never deleted."""

    def standing(self) -> "ConformityCertificateQuerySet":
        """Return those that were not withdrawn: at most one of a batch."""
        return self.filter(withdrawn_at__isnull=True)

    def delete(self) -> Never:
        """Refuse.

        Raises:
            CertificateIsKept: always.
        """
        raise CertificateIsKept


class ConformityCertificate(models.Model):
    """承诺达标合格证 of one batch: the eight fields of the 管理办法 in force since 2026-02-01."""

    class Basis(models.TextChoices):
        """What the promise rests on (承诺依据)."""

        QUALITY_CONTROL = "quality_control", _("quality and safety control")
        SELF_TEST = "self_test", _("own test")
        COMMISSIONED_TEST = "commissioned_test", _("commissioned test")

    batch = models.ForeignKey(
        "record.Batch", models.PROTECT, related_name="conformity_certificates", verbose_name=_("batch")
    )
    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    promises = models.TextField(_("what is promised"), max_length=300)
    basis = models.CharField(_("basis of the promise"), max_length=20, choices=Basis)
    product_name = models.CharField(_("name of the product"), max_length=60)
    quantity = models.CharField(_("quantity (weight)"), max_length=40)
    origin = models.CharField(_("place of origin"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    promised_by = models.CharField(_("promised by"), max_length=80)
    contact = models.CharField(_("contact"), max_length=60)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("entered by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(
        _("why it was withdrawn"), max_length=200, blank=True, editable=False
    )

    objects = ConformityCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("conformity certificate")
        verbose_name_plural = _("conformity certificates")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch"], condition=Q(withdrawn_at__isnull=True), name="one_standing_certificate"
            ),
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
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="certificate_withdrawal_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.product_name} {self.quantity}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new one gets its number."""
        if not self.number:
            day: date = models.DateField().to_python(self.issued_on)
            self.number = new_number("HG", on=day)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse.

        Raises:
            CertificateIsKept: always.
        """
        raise CertificateIsKept
