"""Loading the hall for the checkout benchmark: `python -m tests.benchmarks.checkout_loading`."""

from decimal import Decimal
from typing import Any

import django

ARTICLES = 20  # bought in turn by all buyers: hot enough to wait for one another


def load() -> None:
    """Add the first articles of the fixture, licensed and with stock, and a freight template."""
    from django.db import transaction

    from shop.freight.models import FreightTemplate, FreightZone
    from tests.benchmarks.hall_fixture import fixture_articles
    from tests.factories.brand import ProductFactory
    from tests.factories.shop import ArticleFactory

    with transaction.atomic():
        licensed: Any = ProductFactory()
        template = FreightTemplate.objects.create(region=licensed.region, name="普通快递")
        FreightZone.objects.create(
            template=template, first_charge=Decimal("8.00"), further_charge=Decimal("3.00")
        )
        for each in fixture_articles(ARTICLES):
            ArticleFactory(
                title=each.title,
                slug=each.slug,
                brand_product=licensed,
                stock=each.stock,
                stock__price=each.price,
            )


if __name__ == "__main__":
    django.setup()
    load()
