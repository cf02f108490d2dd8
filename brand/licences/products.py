"""What a licence covers: its products, how many packages of each, and how many codes were drawn of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LicenceProduct(models.Model):
    """One product under one licence, with the number of packages that may carry the brand (用标数量)."""

    licence = models.ForeignKey("brand.Licence", models.CASCADE, related_name="covers")
    product = models.ForeignKey(
        "brand.Product", models.CASCADE, related_name="covered_by", verbose_name=_("product")
    )
    quantity = models.PositiveBigIntegerField(
        _("packages"), null=True, blank=True, help_text=_("In the whole period. Empty: as many as needed.")
    )
    codes_drawn = models.PositiveBigIntegerField(_("codes drawn"), default=0, editable=False)

    class Meta:
        db_table = "brand_licence_products"
        verbose_name = _("product under a licence")
        verbose_name_plural = _("products under a licence")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["licence", "product"], name="licence_product_once"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(codes_drawn__lte=F("quantity")),
                name="licence_codes_within_quantity",
                violation_error_message=_("More codes were drawn already than this quantity allows."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence_id}: {self.product_id}"

    @property
    def codes_left(self) -> int | None:
        """How many codes may still be drawn; None: no limit."""
        return None if self.quantity is None else self.quantity - self.codes_drawn
