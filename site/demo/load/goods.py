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
    said = county.content("hall")["article"]
    for words in reversed(county.content("products")["product"]):
        if words["price"]:
            product = county.products[words["slug"]]
            facts = said.get(words["slug"], {})
            article = _add_article(product, kind, facts)
            article.categories.add(_category(words["category"]))
            _add_stock(article, product, words | facts)
            if sizes := facts.get("sizes"):
                _add_in_sizes(product, kind, {**facts, **sizes, "net": None, "gross": None}).categories.add(
                    _category(words["category"])
                )


def _category(name: str) -> Any:
    """Return the category, which all counties share."""
    return Category.objects.filter(name=name).first() or Category.add_root(name=name, slug=CATEGORIES[name])


def _add_article(product: Product, kind: Any, facts: dict[str, Any]) -> Article:
    first, last = facts.get("season", (None, None))
    several = "size" in facts
    return Article.objects.create(
        title=facts["title"] if several else product.name,
        slug=f"{product.slug}-sizes" if several else product.slug,
        upc=None if several else product.gtin,
        structure=Article.PARENT if several else Article.STANDALONE,
        description="".join(f"<p>{part}</p>" for part in product.description.split("\n\n")),
        product_class=kind,
        brand_product=product,
        net_grams=facts.get("net"),
        gross_grams=facts.get("gross"),
        selling_points="\n".join(facts.get("points", [])),
        specs="\n".join(facts.get("specs", [])),
        season_from=first,
        season_to=last,
    )


def _add_in_sizes(product: Product, kind: Any, facts: dict[str, Any]) -> Article:
    """Add the product once more, as an article of several sizes."""
    article = _add_article(product, kind, facts)
    for number, words in enumerate(facts["size"], 1):
        size = Article.objects.create(
            structure=Article.CHILD,
            parent=article,
            title=words["label"],
            slug=f"{article.slug}-{number}",
            net_grams=words["net"],
            gross_grams=words["gross"],
        )
        _add_stock(size, product, words)
    return article


def _add_stock(article: Article, product: Product, words: dict[str, Any]) -> None:
    StockRecord.objects.create(
        product=article,
        partner=_partner(product),
        partner_sku=article.slug,
        price=Decimal(words["price"]),
        was_price=Decimal(words["was"]) if "was" in words else None,
        was_basis=words.get("was_basis", ""),
        num_in_stock=words["stock"],
    )


def _partner(product: Product) -> Any:
    called = {"code": product.member.slug, "name": product.member.name}
    partner, made = Partner.objects.get_or_create(member=product.member, defaults=called)
    if made and product.member.slug == SUPPLIER_OF:
        partner.users.add(User.objects.get(email=login("supplier")))
    return partner
