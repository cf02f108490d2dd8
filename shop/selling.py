"""Who may sell: the one rule, for lists, for one article, and for what lies in a basket.

An article is on sale only while a licence in force of the member who makes its product covers that product,
and the seller is that member. Nothing of it is kept: a suspension stops the sale on the next request.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.models import Licence
from brand.models import Product as BrandProduct
from lib.prepared import Prepared
from shop.catalogue.models import Product

_FEW = 4  # articles, for which the compiled question is asked one by one
# what `know_rights` and `with_rights` leave on an article
KNOWN = "is_licensed_now"

NO_PRODUCT = _("Not on sale: no product under the brand stands behind it.")
NOT_LICENSED = _("Not on sale for now: its maker has no licence in force to use the brand.")
OTHER_SELLER = _("Not on sale: whoever sells it is not the member who makes it.")


class NotOnSale(PermissionError):
    """The article may not be sold now; the text says why in plain words."""


def on_sale(articles: QuerySet[Product], *, on: date) -> QuerySet[Product]:
    """Return the articles whose product is licensed that day and which its own maker sells. No query more."""
    sold = articles.model.objects.filter(
        stockrecords__partner__member=F("brand_product__member"), pk=OuterRef("pk")
    )
    below = articles.model.objects.filter(
        stockrecords__partner__member=Coalesce("brand_product__member", "parent__brand_product__member"),
        parent=OuterRef("pk"),
    )
    return articles.filter(_covered(OuterRef("brand_product"), on=on)).filter(Exists(sold) | Exists(below))


def with_rights(articles: QuerySet[Product], *, on: date) -> QuerySet[Product]:
    """Return the articles or variants with the answer of `is_licensed` upon each. No query more."""
    product = Coalesce(OuterRef("brand_product"), OuterRef("parent__brand_product"))
    return articles.annotate(**{KNOWN: _covered(product, on=on)})


def know_rights(articles: Iterable[Product], *, on: date) -> None:
    """Ask once for all `articles` what `is_licensed` would ask for each and nobody asked yet.

    One query, or one each for few; none where all was read with the articles.
    """
    asked = [article for article in articles if not hasattr(article, KNOWN)]
    covered = (
        {pk for article in asked for pk in _on(on)(article.pk)}
        if len(asked) < _FEW
        else set(_licensed(Product.objects.filter(pk__in=[article.pk for article in asked]), on))
    )
    for article in asked:
        setattr(article, KNOWN, article.pk in covered)


def product_of(article: Product) -> BrandProduct | None:
    """Return the product under the brand that an article or a variant is; a variant may have its own."""
    if article.brand_product_id or not article.is_child:
        return article.brand_product
    parent: Product = article.parent
    return parent.brand_product


def is_licensed(article: Product, *, on: date) -> bool:
    """Tell whether a licence in force covers the article's product. One query, none if it is known."""
    known: bool | None = getattr(article, KNOWN, None)
    if known is None:
        product = product_of(article)
        known = product is not None and bool(
            Licence.objects.valid(on=on).filter(products=product, member=product.member_id).exists()
        )
    return known


def why_not(article: Product, stockrecord: Any, *, on: date) -> str | Promise:
    """Return why the article may not be sold out of that stock now, "" if it may."""
    product = product_of(article)
    if product is None:
        return NO_PRODUCT
    if not is_licensed(article, on=on):
        return NOT_LICENSED
    if stockrecord is not None and stockrecord.partner.member_id != product.member_id:
        return OTHER_SELLER
    return ""


def require_on_sale(article: Product, stockrecord: Any, *, on: date) -> None:
    """Do nothing if the article may be sold.

    Raises:
        NotOnSale: it may not be, with the reason.
    """
    if reason := why_not(article, stockrecord, on=on):
        raise NotOnSale(str(reason))


def covers(path: str, *, on: date) -> Exists:
    """Return the condition that a licence in force covers the product at the end of `path`, for any list."""
    return _covered(OuterRef(path), on=on)


def covers_article(path: str, *, on: date) -> Exists:
    """Return the same for the article or variant at the end of `path`."""
    product = Coalesce(OuterRef(f"{path}__brand_product"), OuterRef(f"{path}__parent__brand_product"))
    return _covered(product, on=on)


def _licensed(articles: QuerySet[Product], on: date) -> QuerySet[Product, int]:
    product = Coalesce(OuterRef("brand_product"), OuterRef("parent__brand_product"))
    return articles.filter(_covered(product, on=on)).values_list("pk", flat=True)


@lru_cache(maxsize=2)
def _on(on: date) -> Prepared[int]:
    """Return the question for one article, compiled once a day: every step of buying asks it."""
    return Prepared(lambda pk: _licensed(Product.objects.filter(pk=pk), on))


def _covered(product: Any, *, on: date) -> Exists:
    """Return the condition that a licence in force of its maker covers `product`, an outer reference."""
    covering = Licence.products.through.objects.filter(
        product=product,
        licence__member=F("product__member"),
        licence__state=Licence.State.VALID,
        licence__valid_from__lte=on,
        licence__valid_to__gte=on,
    )
    return Exists(covering)
