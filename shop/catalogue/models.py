"""What is sold. Our Product comes first: Oscar's models then leave it to us."""

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


from oscar.apps.catalogue.models import *  # noqa: E402, F403
from oscar.apps.catalogue.models import Category as Category  # noqa: E402, PLC0414
