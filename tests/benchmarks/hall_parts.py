"""What the benchmarks of the hall measure: `python -m tests.benchmarks.hall_parts load COUNT CATEGORIES`
fills a migrated database with the articles of the fixture, `… look` answers with milliseconds and queries.
"""

import json
import sys
import time
from datetime import date
from statistics import median
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.benchmarks.hall_fixture import category_names, fixture_articles

HOST, TIMES = "lucheng.localhost", 25
WHOLE = date(2020, 1, 1), date(2099, 12, 31)


@transaction.atomic
def load(count: int, categories: int) -> None:
    """Add the articles, all of one member with a licence for each product."""
    from brand.models import Licence, LicenceProduct
    from brand.models import Product as Licensed
    from shop.catalogue.models import Category, Product, ProductCategory, ProductClass
    from shop.listing.keeping import keep_all
    from shop.partner.models import Partner, StockRecord
    from tests.factories.brand import MemberFactory
    from tests.factories.pages import county

    region = county()
    member = MemberFactory(region=region)
    licence = Licence.objects.create(
        number="FT-2020-0001", region=region, member=member, brand_name="潞城", valid_from=WHOLE[0],
        valid_to=WHOLE[1],
    )  # fmt: skip
    partner = Partner.objects.create(name=member.name, code=member.slug, member=member)
    kind = ProductClass.objects.create(name="特产", slug="techan")
    kinds = [
        Category.add_root(name=name, slug=f"kind-{at}") for at, name in enumerate(category_names(categories))
    ]
    told = list(fixture_articles(count, categories=categories))
    products = Licensed.objects.bulk_create(
        [
            Licensed(region=region, member=member, name=each.title, slug=each.slug, pack_size="一箱",
                     summary=each.summary, art="scallion")
            for each in told
        ],
        batch_size=500,
    )  # fmt: skip
    LicenceProduct.objects.bulk_create(
        [LicenceProduct(licence=licence, product=product) for product in products], batch_size=500
    )
    now = timezone.now()
    articles = Product.objects.bulk_create(
        [
            Product(title=each.title, slug=each.slug, product_class=kind, description=each.description,
                    brand_product=product, date_created=now, net_grams=2500)
            for each, product in zip(told, products, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    ProductCategory.objects.bulk_create(
        [
            ProductCategory(product=article, category=kinds[each.category])
            for each, article in zip(told, articles, strict=True)
        ],
        batch_size=500,
    )
    StockRecord.objects.bulk_create(
        [
            StockRecord(product=article, partner=partner, partner_sku=each.slug, price=each.price,
                        num_in_stock=each.stock)
            for each, article in zip(told, articles, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    keep_all(Product.objects.all())


def addresses() -> dict[str, list[str]]:
    """Return the addresses of each sort of page, none of them twice."""
    from shop.catalogue.models import Category, Product

    keys = list(Product.objects.order_by("pk").values_list("pk", "slug"))
    step = max(1, len(keys) // TIMES)
    kinds = [kind.get_absolute_url() for kind in Category.objects.order_by("pk")[:TIMES]]
    return {
        "catalogue": [f"/shop/catalogue/?page={page}" for page in range(1, min(9, len(keys) // 24))],
        "by price": [
            f"/shop/catalogue/?sort=-price&page={page}" for page in range(1, min(9, len(keys) // 24))
        ],
        "category": kinds,
        "product": [f"/shop/catalogue/{slug}_{pk}/" for pk, slug in keys[::step][:TIMES]],
        "hall": ["/shop/"],
    }


def look() -> dict[str, Any]:
    """Return the middle of the milliseconds and the most queries of each sort of page, none kept before."""
    client, found = Client(), {}
    for name, paths in addresses().items():
        client.get(paths[0], HTTP_HOST=HOST)  # what is the same for all pages
        taken, queries = [], []
        for path in paths[1:] or paths:
            with CaptureQueriesContext(connection) as asked:
                began = time.process_time()
                answer = client.get(path, HTTP_HOST=HOST)
                taken.append((time.process_time() - began) * 1000)
            queries.append(len(asked))
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answers {answer.status_code}")
        found[name] = {"ms": median(taken), "queries": max(queries)}
    return found


if __name__ == "__main__":
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    if sys.argv[1] == "load":
        load(int(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(look()))
