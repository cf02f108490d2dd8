"""What the shop changes for the public, told to the outbox: Oscar's models are not ours, so we listen.

An order that leaves something to sell changes no page; a new price, the last piece sold, and stock that
comes back do.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from oscar.core.loading import get_model

from brand.models import Product as BrandProduct
from changes.models import Change
from changes.outbox import record
from shop.catalogue.models import Category, Product
from shop.listing.keeping import keep, keep_of_product, keep_of_seller
from shop.payments.models import PayingTerms
from shop.pickup.models import PickupPoint

_SHOWN = "_shown_before"


def listen() -> None:
    """Connect the listeners; called once, when the app is ready."""
    stock = get_model("partner", "StockRecord")
    for model in (Product, Category, get_model("catalogue", "ProductImage"), PayingTerms, PickupPoint):
        post_save.connect(_saved, sender=model, dispatch_uid="shop.changes")
        post_delete.connect(_deleted, sender=model, dispatch_uid="shop.changes.deleted")
    pre_save.connect(_remember, sender=stock, dispatch_uid="shop.changes.before")
    post_save.connect(_stock_saved, sender=stock, dispatch_uid="shop.changes")
    post_delete.connect(_deleted, sender=stock, dispatch_uid="shop.changes.deleted")
    _listen_for_shelves(stock)


def _listen_for_shelves(stock: Any) -> None:
    """Hear of what moves an article from shelf to shelf."""
    through, partner = Product.categories.through, get_model("partner", "Partner")
    m2m_changed.connect(_filed, sender=through, dispatch_uid="shop.changes.filed")
    for model in (Product, through):
        post_save.connect(_put, sender=model, dispatch_uid="shop.changes.put")
        post_delete.connect(_put, sender=model, dispatch_uid="shop.changes.put.deleted")
    post_save.connect(_priced, sender=stock, dispatch_uid="shop.changes.priced")
    post_delete.connect(_put, sender=stock, dispatch_uid="shop.changes.priced.deleted")
    post_save.connect(_sold_by, sender=partner, dispatch_uid="shop.changes.seller")
    post_save.connect(_made_by, sender=BrandProduct, dispatch_uid="shop.changes.maker")


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


def _put(*, instance: Any, **_: Any) -> None:
    """Put an article where it now belongs; of one that is gone, its article if it was a variant."""
    keep((instance.parent_id or instance.pk) if isinstance(instance, Product) else instance.product_id)


def _filed(*, instance: Any, action: str, pk_set: set[int] | None, **_: Any) -> None:
    if action.startswith("post_"):
        for key in {instance.pk} if isinstance(instance, Product) else pk_set or set():
            keep(key)


def _priced(*, instance: Any, **_: Any) -> None:
    """Put it by its new price or seller; stock that came or went moves nothing."""
    before = getattr(instance, _SHOWN, None)
    if before is None or before[:-1] != _shown(instance)[:-1]:
        keep(instance.product_id)


def _sold_by(*, instance: Any, created: bool, **_: Any) -> None:
    """Tell who sells now: pages and what is kept of an article name the seller."""
    if not created:
        keep_of_seller(instance)
        record(instance)


def _made_by(*, instance: BrandProduct, created: bool, **_: Any) -> None:
    if not created:
        keep_of_product(instance)


def _shown(stock: Any) -> tuple[Any, ...]:
    """Return what pages show of a stock record: its prices, who sells it, and whether there is any."""
    left = (stock.num_in_stock or 0) > (stock.num_allocated or 0)
    return stock.price, stock.was_price, stock.was_basis, stock.partner_id, left


def _region_of(thing: Any) -> str:
    """Return the slug of the county whose hall shows the thing, "" when every hall may."""
    article = thing if isinstance(thing, Product) else getattr(thing, "product", None)
    licensed = article.brand_product if article is not None else None
    return licensed.region.slug if licensed else ""
