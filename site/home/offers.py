"""Where a product under the brand can be bought, or else read about."""

from collections.abc import Iterable

from django.utils.translation import get_language
from oscar.core.loading import get_model

from brand.models import Product
from cms.navigation import in_language


def product_urls(products: Iterable[Product]) -> dict[int, str]:
    """Return product key → its article in the hall, else its record, else the hall. One query."""
    chosen = list(products)
    articles = get_model("catalogue", "Product").objects.browsable().filter(brand_product__in=chosen)
    sold = {article.brand_product_id: article.get_absolute_url() for article in articles.order_by("-pk")}
    return {product.pk: sold.get(product.pk) or _record_url(product) for product in chosen}


def _record_url(product: Product) -> str:
    path = f"/trace/products/{product.gtin}/" if product.gtin else "/shop/"
    return in_language(path, get_language())
