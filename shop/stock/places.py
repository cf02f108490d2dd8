"""Where goods lie: the store of a seller, the hall, a service station."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StockPlace(models.Model):
    """A place with goods. A store holds those of one seller, a hall or a station those of many."""

    class Kind(models.TextChoices):
        STORE = "store", _("the seller's store")
        HALL = "hall", _("hall")
        STATION = "station", _("service station")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.STORE)
    name = models.CharField(_("name"), max_length=80)
    partner = models.ForeignKey(
        "partner.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stock_places",
        verbose_name=_("seller"),
    )
    region = models.ForeignKey(
        "brand.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stock_places",
        verbose_name=_("county"),
    )
    pickup_point = models.OneToOneField(
        "fengtu_shop.PickupPoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stock_place",
        verbose_name=_("pick-up point"),
        help_text=_("Orders picked up there are taken from this place first."),
    )
    open = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("place with stock")
        verbose_name_plural = _("places with stock")
        ordering = ["kind", "name"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=Q(kind="store"), name="stock_one_store_of_a_seller"
            ),
            models.CheckConstraint(
                condition=Q(kind="store", partner__isnull=False)
                | (~Q(kind="store") & Q(partner__isnull=True, region__isnull=False)),
                name="stock_store_has_a_seller",
            ),
        ]

    def __str__(self) -> str:
        return self.name
