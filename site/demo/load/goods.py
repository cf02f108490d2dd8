"""The hall: one article for each product that has a price, sold by its member."""

from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model

from accounts.models import User
from brand.models import Product
from demo.load.county import County
from demo.load.people import login
from shop.catalogue.models import Product as Article

Category, ProductClass = get_model("catalogue", "Category"), get_model("catalogue", "ProductClass")
Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")

CLASS = "特产"
CATEGORIES = {
    "鲜货": "xianhuo",
    "粮食": "liangshi",
    "干货吃食": "ganhuo",
    "手艺": "shouyi",
    "花草": "huacao",
    "出行": "chuxing",
}
SUPPLIER_OF = "zhangjiahe-coop"  # the member whose goods the demo's supplier looks after


def add_goods(county: County) -> None:
    """Add the county's articles, with their member as the partner who delivers them.

    The hall shows the newest first, so the first of the content is added last.
    """
    kind, _made = ProductClass.objects.get_or_create(name=CLASS, defaults={"slug": "techan"})
    for words in reversed(county.content("products")["product"]):
        if words["price"]:
            product = county.products[words["slug"]]
            article = _add_article(product, kind)
            article.categories.add(_category(words["category"]))
            _add_stock(article, product, price=Decimal(words["price"]), stock=words["stock"])


def _category(name: str) -> Any:
    """Return the category, which all counties share."""
    return Category.objects.filter(name=name).first() or Category.add_root(name=name, slug=CATEGORIES[name])


def _add_article(product: Product, kind: Any) -> Article:
    return Article.objects.create(
        title=product.name,
        slug=product.slug,
        upc=product.gtin,
        description="".join(f"<p>{part}</p>" for part in product.description.split("\n\n")),
        product_class=kind,
        brand_product=product,
    )


def _add_stock(article: Article, product: Product, *, price: Decimal, stock: int) -> None:
    StockRecord.objects.create(
        product=article,
        partner=_partner(product),
        partner_sku=article.slug,
        price=price,
        num_in_stock=stock,
    )


def _partner(product: Product) -> Any:
    called = {"code": product.member.slug, "name": product.member.name}
    partner, made = Partner.objects.get_or_create(member=product.member, defaults=called)
    if made and product.member.slug == SUPPLIER_OF:
        partner.users.add(User.objects.get(email=login("supplier")))
    return partner
