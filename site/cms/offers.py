"""Where a product under the brand can be bought, or else read about."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from oscar.core.loading import get_model

from brand.models import Product
from cms.navigation import in_language
from shop.listing.models import Listing


def with_article(products: QuerySet[Product]) -> QuerySet[Product]:
    """Add the newest article of the hall that sells each product.

    `article_id`, `article_slug`, `article_structure` (`parent`: in several sizes) and `article_price`, the
    lowest price while it stands in the hall.
    """
    articles = get_model("catalogue", "Product").objects.browsable().filter(brand_product=OuterRef("pk"))
    newest = articles.order_by("-pk")
    listed = Listing.objects.filter(article=OuterRef("article_id"), shelf=None)
    named = products.annotate(
        article_id=Subquery(newest.values("pk")[:1]),
        article_slug=Subquery(newest.values("slug")[:1]),
        article_structure=Subquery(newest.values("structure")[:1]),
    )
    return named.annotate(article_price=Subquery(listed.values("price")[:1]))


def product_url(product: Product) -> str:
    """Return the address of its article in the hall, else of its record, else of the hall.

    Needs a product of `with_article`; one that is not is only read about.
    """
    article = getattr(product, "article_id", None)
    if article:
        return reverse("catalogue:detail", args=[getattr(product, "article_slug", ""), article])
    return in_language(f"/trace/products/{product.gtin}/" if product.gtin else "/shop/")
