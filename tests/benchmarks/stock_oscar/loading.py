"""Loading: `python -m tests.benchmarks.stock_oscar.loading` migrates and adds the articles of the fixture."""

import sys

import django
from django.core.management import call_command
from django.db import transaction

from tests.benchmarks.hall_fixture import category_names, fixture_articles


def load(count: int, *, categories: int) -> None:
    """Add the articles, one country to deliver to, and their categories."""
    from oscar.apps.address.models import Country
    from oscar.apps.catalogue.models import Category, Product, ProductCategory, ProductClass
    from oscar.apps.partner.models import Partner, StockRecord

    Country.objects.create(
        iso_3166_1_a2="CN", iso_3166_1_a3="CHN", iso_3166_1_numeric="156", name="China",
        printable_name="China", is_shipping_country=True,
    )  # fmt: skip
    kind = ProductClass.objects.create(name="特产", slug="techan", requires_shipping=True, track_stock=True)
    partner = Partner.objects.create(name="合作社", code="coop")
    kinds = [
        Category.add_root(name=name, slug=f"kind-{at}") for at, name in enumerate(category_names(categories))
    ]
    for each in fixture_articles(count, categories=categories):
        article = Product.objects.create(
            title=each.title, slug=each.slug, upc=None, product_class=kind, description=each.description
        )
        ProductCategory.objects.create(product=article, category=kinds[each.category])
        StockRecord.objects.create(
            product=article, partner=partner, partner_sku=each.slug, price=each.price, num_in_stock=each.stock
        )


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        load(int(sys.argv[1]), categories=int(sys.argv[2]))
