"""Saving an article with its price and pictures: what the form of the back office does, in one act."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images.models import Image

from shop.catalogue.models import Category, Product, ProductClass
from shop.gallery.models import ArticlePicture
from shop.partner.models import Partner, StockRecord
from shop.selling import product_of

CLASS, CLASS_SLUG = "特产", "techan"


class NotToBeSold(ValueError):
    """The article cannot be saved like this; the text says why."""


@dataclass(frozen=True, slots=True)
class Price:
    """What an article costs, and what is struck out beside it with its basis."""

    price: Decimal | None
    was_price: Decimal | None = None
    was_basis: str = ""


@transaction.atomic
def save_article(
    *,
    article: Product,
    price: Price,
    categories: Iterable[Category] = (),
    pictures: Iterable[Image] | None = None,
) -> Product:
    """Save an article or a variant; its price stands with the stock of the member who makes it.

    An article with variants has no price of its own. Numbers in stock are the ledger's and stay as they are.

    Raises:
        NotToBeSold: a struck price without a basis or not above the price; no product; a price for an article
            whose variants have theirs.
    """
    check_article(article, price)
    if not article.is_child and article.product_class_id is None:
        article.product_class = kind_of_goods()
    article.save()
    if not article.is_child:
        article.categories.set(categories)
    if pictures is not None:
        _keep_pictures(article, list(pictures))
    if price.price is not None:
        _keep_price(article, price)
    return article


def kind_of_goods() -> ProductClass:
    """Return the class all goods of the hall have, which Oscar asks for."""
    return ProductClass.objects.get_or_create(slug=CLASS_SLUG, defaults={"name": CLASS})[0]


def check_article(article: Product, price: Price) -> None:
    """Do nothing if the article may be saved with that price.

    Raises:
        NotToBeSold: as `save_article`.
    """
    if product_of(article) is None:
        raise NotToBeSold(_("Choose the product under the brand that it is."))
    if article.is_parent and price.price is not None:
        raise NotToBeSold(_("It is sold in several sizes: each of them has its own price."))
    if price.was_price is None:
        return
    if not price.was_basis.strip():
        raise NotToBeSold(_("Say what the struck price was: when and where it was paid."))
    if price.price is None or price.was_price <= price.price:
        raise NotToBeSold(_("The struck price is above the price, or there is nothing to strike."))


def _keep_price(article: Product, price: Price) -> None:
    product: Any = product_of(article)
    called = {"code": product.member.slug, "name": product.member.name}
    seller, _made = Partner.objects.get_or_create(member=product.member, defaults=called)
    facts = {"price": price.price, "was_price": price.was_price, "was_basis": price.was_basis.strip()}
    # asked with a lock: who counts stock meanwhile waits, and nothing of theirs is written over
    stock = StockRecord.objects.select_for_update().filter(product=article, partner=seller).first()
    if stock is None:
        sku = f"{article.slug}-{article.pk}"
        StockRecord.objects.create(product=article, partner=seller, partner_sku=sku, num_in_stock=0, **facts)
        return
    for name, value in facts.items():
        setattr(stock, name, value)
    stock.save(update_fields=[*facts, "date_updated"])


def _keep_pictures(article: Product, images: list[Image]) -> None:
    article.pictures.exclude(image__in=images).delete()
    for position, image in enumerate(images):
        ArticlePicture.objects.update_or_create(article=article, image=image, defaults={"position": position})
