"""The batch: a lot of one product from one base."""

from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

# What GS1 Digital Link allows in a lot number without escaping, in upper case as the QR code carries it.
validate_lot = RegexValidator(
    r"\A[0-9A-Z][0-9A-Z._-]{0,19}\Z",
    _("A lot number has up to 20 letters, digits, dots, dashes or underscores."),
    code="lot",
)


class BatchQuerySet(models.QuerySet):
    """Batches by the name the world knows them by."""

    def named(self, *, gtin: str, lot: str) -> Self:
        """Return the batch `<gtin14>/<lot>`, in any case of letters."""
        return self.filter(product__gtin=gtin, lot=lot.upper())


class Batch(ClusterableModel):
    """A lot of one product from one base. Its lot number is unique within the product."""

    product = models.ForeignKey(
        "brand.Product", models.PROTECT, related_name="batches", verbose_name=_("product")
    )
    base = models.ForeignKey("telemetry.Base", models.PROTECT, related_name="batches", verbose_name=_("base"))
    lot = models.CharField(_("lot number"), max_length=20, validators=[validate_lot])
    plot = models.CharField(
        _("plot"), max_length=40, blank=True, help_text=_("Where in the base: field, greenhouse, workshop.")
    )
    planted_on = models.DateField(_("planted on"), null=True, blank=True)
    harvested_on = models.DateField(_("harvested on"), null=True, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=16, blank=True, default="千克")
    recalled_at = models.DateTimeField(_("recalled at"), null=True, blank=True, editable=False)
    recall_reason = models.CharField(_("why it is recalled"), max_length=200, blank=True, editable=False)
    recall_advice = models.CharField(_("what buyers should do"), max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "lot"],
                name="batch_lot_unique_in_product",
                violation_error_message=_("This product already has a batch with this lot number."),
            ),
            models.CheckConstraint(
                condition=Q(lot=Upper("lot")) & ~Q(lot=""), name="batch_lot_in_upper_case"
            ),
            models.CheckConstraint(
                condition=Q(harvested_on__gte=F("planted_on"))
                | Q(planted_on__isnull=True)
                | Q(harvested_on__isnull=True),
                name="batch_harvested_after_planting",
                violation_error_message=_("The harvest cannot be before the planting."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) | Q(quantity__isnull=True),
                name="batch_quantity_positive",
                violation_error_message=_("The quantity must be more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True, recall_reason="")
                | (Q(recalled_at__isnull=False) & ~Q(recall_reason="")),
                name="batch_recall_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.lot

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; lot numbers are upper case, as in a QR code."""
        self.lot = self.lot.upper()
        super().save(*args, **kwargs)

    @property
    def is_recalled(self) -> bool:
        """Whether buyers are asked to give it back."""
        return self.recalled_at is not None


class BatchInput(models.Model):
    """One batch that went into another: a processed batch names all of them."""

    batch = ParentalKey(Batch, on_delete=models.CASCADE, related_name="sources", verbose_name=_("batch"))
    source = models.ForeignKey(Batch, models.PROTECT, related_name="uses", verbose_name=_("made from"))

    class Meta:
        verbose_name = _("input batch")
        verbose_name_plural = _("input batches")
        constraints = [
            models.UniqueConstraint(fields=["batch", "source"], name="batch_input_once"),
            models.CheckConstraint(condition=~Q(batch=F("source")), name="batch_input_is_another_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.batch_id}"
