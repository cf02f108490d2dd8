"""The hall: one article for each product that has a price, sold by its member."""

from decimal import Decimal

from accounts.models import User
from brand.models import Product
from demo.load.county import County
from demo.load.people import login
from shop.catalogue.models import Category, ProductClass
from shop.catalogue.models import Product as Article
from shop.partner.models import Partner, StockRecord

CLASS = "特产"
SUPPLIER_OF = "zhangjiahe-coop"  # the member whose goods the demo's supplier looks after


def add_goods(county: County) -> None:
    """Add the county's articles, with their member as the partner who delivers them."""
    kind, _made = ProductClass.objects.get_or_create(name=CLASS, defaults={"slug": "techan"})
    category = Category.add_root(name=f"{county.region.name}特产", slug=county.slug)
    for words in county.content("products")["product"]:
        if words["price"]:
            product = county.products[words["slug"]]
            _add_article(product, kind, category, price=Decimal(words["price"]), stock=words["stock"])


def _add_article(
    product: Product, kind: ProductClass, category: Category, *, price: Decimal, stock: int
) -> None:
    article = Article.objects.create(
        title=product.name,
        slug=product.slug,
        upc=product.gtin,
        description="".join(f"<p>{part}</p>" for part in product.description.split("\n\n")),
        product_class=kind,
        brand_product=product,
    )
    article.categories.add(category)
    StockRecord.objects.create(
        product=article,
        partner=_partner(product),
        partner_sku=product.slug,
        price=price,
        num_in_stock=stock,
    )


def _partner(product: Product) -> Partner:
    partner, made = Partner.objects.get_or_create(
        code=product.member.slug, defaults={"name": product.member.name}
    )
    if made and product.member.slug == SUPPLIER_OF:
        partner.users.add(User.objects.get(email=login("supplier")))
    return partner
