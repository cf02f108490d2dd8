"""The packaging item: one thing on the shelf, printed from one version of its artwork."""

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.packaging.stock import PackagingStock


class PackagingItem(models.Model):
    """Boxes, bags, labels of one print. A new artwork is a new item, so the two are never mixed."""

    class Kind(models.TextChoices):
        """What it is."""

        BOX = "box", _("box")
        BAG = "bag", _("bag")
        CARTON = "carton", _("shipping carton")
        LABEL = "label", _("sticker label")
        TAPE = "tape", _("sealing tape")
        OTHER = "other", _("other packaging")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="packaging_items", verbose_name=_("county")
    )
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.BOX)
    specification = models.CharField(
        _("specification"), max_length=60, blank=True, help_text=_("Size and material, as ordered.")
    )
    unit = models.CharField(
        _("counted in"), max_length=8, default="个", help_text=_("The word behind a number: 个, 卷, 张.")
    )
    product = models.ForeignKey(
        "brand.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="packaging_items",
        verbose_name=_("only for the product"),
        help_text=_("A licence has to cover it. Empty: for any product under a licence."),
    )
    artwork = models.ForeignKey(
        "brand.VIVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="packaging_items",
        verbose_name=_("version of the artwork"),
        help_text=_("From the VI library: what was printed."),
    )
    artwork_note = models.CharField(
        pgettext_lazy("packaging", "print"),
        max_length=40,
        blank=True,
        help_text=_("As on the printer's bill: 2026 second print."),
    )
    issue_until = models.DateField(
        _("handed out until"),
        null=True,
        blank=True,
        help_text=_("The last day, when its artwork is replaced. Empty: no end."),
    )
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
        help_text=_("What members take instead afterwards."),
    )
    low_level = models.PositiveIntegerField(
        _("low at"), default=0, help_text=_("Officers are told once when the stock falls to it. 0: never.")
    )
    price = models.DecimalField(
        _("price of one in yuan"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("What a member pays at cost. Empty: nothing."),
    )

    class Meta:
        verbose_name = _("packaging item")
        verbose_name_plural = _("packaging items")
        ordering = ["region", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="packaging_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("pk")),
                name="packaging_replaced_by_another",
                violation_error_message=_("An item is replaced by another one, not by itself."),
            ),
            models.UniqueConstraint(
                fields=["region", "name", "artwork_note"],
                name="packaging_print_once",
                violation_error_message=_("This item with this print exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.artwork_note}）" if self.artwork_note else self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new item begins with an empty shelf."""
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            PackagingStock.objects.create(item=self)

    def may_leave(self, *, on: date) -> bool:
        """Tell whether it may still be handed out that day: old artwork ends."""
        return self.issue_until is None or on <= self.issue_until
