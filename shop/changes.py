"""What the shop changes for the public, told to the outbox: Oscar's models are not ours, so we listen.

An order that leaves something to sell changes no page; a new price, the last piece sold, and stock that
comes back do.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from oscar.core.loading import get_model

from changes.models import Change
from changes.outbox import record
from shop.catalogue.models import Category, Product

_SHOWN = "_shown_before"


def listen() -> None:
    """Connect the listeners; called once, when the app is ready."""
    stock = get_model("partner", "StockRecord")
    for model in (Product, Category, get_model("catalogue", "ProductImage")):
        post_save.connect(_saved, sender=model, dispatch_uid="shop.changes")
        post_delete.connect(_deleted, sender=model, dispatch_uid="shop.changes.deleted")
    pre_save.connect(_remember, sender=stock, dispatch_uid="shop.changes.before")
    post_save.connect(_stock_saved, sender=stock, dispatch_uid="shop.changes")
    post_delete.connect(_deleted, sender=stock, dispatch_uid="shop.changes.deleted")


def _saved(*, instance: Model, **_: Any) -> None:
    record(instance, region=_region_of(instance))


def _deleted(*, instance: Model, **_: Any) -> None:
    record(instance, Change.Kind.DELETED, region=_region_of(instance))


def _remember(*, instance: Any, **_: Any) -> None:
    before = type(instance).objects.filter(pk=instance.pk).first() if instance.pk else None
    setattr(instance, _SHOWN, before and _shown(before))


def _stock_saved(*, instance: Any, **_: Any) -> None:
    if getattr(instance, _SHOWN, None) != _shown(instance):
        record(instance, region=_region_of(instance))


def _shown(stock: Any) -> tuple[Any, bool]:
    """Return what pages show of a stock record: its price, and whether there is any."""
    return stock.price, (stock.num_in_stock or 0) > (stock.num_allocated or 0)


def _region_of(thing: Any) -> str:
    """Return the slug of the county whose hall shows the thing, "" when every hall may."""
    article = thing if isinstance(thing, Product) else getattr(thing, "product", None)
    licensed = article.brand_product if article is not None else None
    return licensed.region.slug if licensed else ""
