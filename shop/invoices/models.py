"""What a buyer wants on the invoice, and whether it was issued."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InvoiceRequest(models.Model):
    """One invoice of one order. The tax number of an organisation is its credit code (GB 32100)."""

    class Kind(models.TextChoices):
        PERSON = "person", pgettext_lazy("invoice", "person")
        COMPANY = "company", _("company or organisation")

    order = models.OneToOneField(
        "order.Order", models.CASCADE, related_name="invoice", verbose_name=pgettext_lazy("purchase", "order")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title = models.CharField(_("name on the invoice"), max_length=100)
    tax_number = models.CharField(_("tax number"), max_length=18, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    number = models.CharField(_("invoice number"), max_length=30, blank=True)
    issued_at = models.DateTimeField(pgettext_lazy("invoice", "issued at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="company") | ~Q(tax_number=""), name="invoice_of_a_company_has_tax_number"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None) | ~Q(number=""), name="invoice_issued_has_number"
            ),
        ]

    def __str__(self) -> str:
        return self.title
