"""Articles of the hall with price and stock."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from brand.models import Product as LicensedProduct
from shop import selling
from shop.catalogue.models import Category, Product, ProductClass
from shop.partner.models import Partner, StockRecord
from tests.factories.brand import ProductFactory as LicensedProductFactory


def product_class() -> ProductClass:
    """Return the class of all articles."""
    return ProductClass.objects.get_or_create(slug="produce", defaults={"name": "特产"})[0]


class ArticleFactory(DjangoModelFactory):
    """An article on sale; `price=None` leaves it without a price."""

    class Meta:
        model = Product
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"潞城大葱 {n}")
    slug = factory.Sequence(lambda n: f"dacong-{n}")
    product_class = factory.LazyFunction(product_class)
    brand_product = factory.SubFactory(LicensedProductFactory)

    @factory.post_generation
    def stock(article, create, number, **extra):
        """Give it 10 in stock at ¥39.80 unless told otherwise."""
        price = extra.get("price", Decimal("39.80"))
        if article.is_parent or price is None:
            return
        StockRecord.objects.create(
            product=article, partner=seller(selling.product_of(article)), partner_sku=article.slug,
            price=price, num_in_stock=10 if number is None else number,
        )  # fmt: skip


def seller(product: LicensedProduct | None) -> Partner:
    """Return the partner who may sell a licensed product: the member who makes it."""
    if product is None:
        return Partner.objects.get_or_create(code="nobody", defaults={"name": "没有会员的卖家"})[0]
    made_by = {"name": product.member.name, "code": product.member.slug}
    return Partner.objects.get_or_create(member=product.member, defaults=made_by)[0]


def category(name: str, slug: str) -> Category:
    """Return a category at the top."""
    return Category.add_root(name=name, slug=slug)
