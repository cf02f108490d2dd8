"""A place on a shelf."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Listing(models.Model):
    """An article on one shelf of a county's hall: a category it belongs to or lies below, or the whole hall.

    Written by `shop.listing.keeping` alone, from facts that stand elsewhere. What a list is ordered by stands
    beside the shelf in one index, so that a page of a list is read from where it begins, however long it is.
    """

    region = models.ForeignKey(
        "brand.Region", models.CASCADE, related_name="listings", verbose_name=_("county")
    )
    shelf = models.ForeignKey(
        "catalogue.Category",
        models.CASCADE,
        null=True,
        related_name="listings",
        verbose_name=_("category"),
        help_text=_("Empty: the whole hall."),
    )
    article = models.ForeignKey(
        "catalogue.Product", models.CASCADE, related_name="listings", verbose_name=_("article")
    )
    title = models.CharField(_("title"), max_length=255)
    price = models.DecimalField(_("lowest price"), max_digits=12, decimal_places=2)
    listed_at = models.DateTimeField(_("listed at"))
    sold = models.PositiveIntegerField(_("sold in thirty days"), default=0)

    class Meta:
        verbose_name = _("place on a shelf")
        verbose_name_plural = _("places on shelves")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "shelf"], condition=~Q(shelf=None), name="listing_once_on_a_shelf"
            ),
            models.UniqueConstraint(
                fields=["article"], condition=Q(shelf=None), name="listing_once_in_the_hall"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "shelf", "-listed_at", "-article"], name="listing_by_day"),
            models.Index(fields=["region", "shelf", "price", "article"], name="listing_by_price"),
            models.Index(fields=["region", "shelf", "title", "article"], name="listing_by_title"),
            models.Index(fields=["region", "shelf", "-sold", "-article"], name="listing_by_sold"),
        ]

    def __str__(self) -> str:
        return self.title
