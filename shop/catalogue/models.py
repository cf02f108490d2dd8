"""What is sold. Our Product comes first: Oscar's models then leave it to us."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct


class Product(AbstractProduct):
    """An article of the hall. `brand_product` is the licensed product it is, which has its trace record."""

    brand_product = models.ForeignKey(
        "brand.Product",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("licensed product"),
        help_text=_("Decides in which county's hall it is sold and which trace record it shows."),
    )
    gross_grams = models.PositiveIntegerField(
        _("weight packed, in grams"), null=True, blank=True, help_text=_("For the freight.")
    )
    net_grams = models.PositiveIntegerField(
        _("net content, in grams"), null=True, blank=True, help_text=_("For the price per unit.")
    )
    selling_points = models.TextField(
        _("selling points"), blank=True, help_text=_("One to a line, at most six. What is true and matters.")
    )
    specs = models.TextField(
        _("specification"), blank=True, help_text=_("One to a line: 保质期：立着放一个月")
    )
    season_from = models.PositiveSmallIntegerField(
        _("first month of the harvest"), null=True, blank=True, choices=[(n, n) for n in range(1, 13)]
    )
    season_to = models.PositiveSmallIntegerField(
        _("last month of the harvest"),
        null=True,
        blank=True,
        choices=[(n, n) for n in range(1, 13)],
        help_text=_("May lie in the next year: 10 to 2. Sold out, the page tells when there will be more."),
    )

    class Meta(AbstractProduct.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(season_from=None) & models.Q(season_to=None))
                | (models.Q(season_from__range=(1, 12)) & models.Q(season_to__range=(1, 12))),
                name="product_season_whole",
                violation_error_message=_("A season has a first and a last month."),
            )
        ]

    def clean(self) -> None:
        """Refuse half a season: a missing month makes the constraint neither true nor false."""
        if (self.season_from is None) != (self.season_to is None):
            raise ValidationError({"season_to": _("A season has a first and a last month.")})
        super().clean()

    @property
    def net_kilograms(self) -> Decimal | None:
        """Return the net content in kilograms, as it is written on packs: 2.5, 5."""
        return Decimal(self.net_grams).scaleb(-3).normalize() if self.net_grams else None


from oscar.apps.catalogue.models import *  # noqa: E402, F403
from oscar.apps.catalogue.models import Category as Category  # noqa: E402, PLC0414
from oscar.apps.catalogue.models import ProductClass as ProductClass  # noqa: E402, PLC0414
