"""Search engines read an article as schema.org Product, of what the page has read anyway."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shop.reviewing.deciding import approve
from tests.factories.accounts import person
from tests.factories.shop import ArticleFactory
from tests.factories.voices import review_of

pytestmark = pytest.mark.django_db


def data_of(client: Client, article: Any) -> dict[str, Any]:
    page = client.get(article.get_absolute_url()).content.decode()
    head = page.partition("</head>")[0]
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    return json.loads(found)


def test_an_article_says_what_it_is_what_it_costs_and_who_sells_it(client: Client) -> None:
    article = ArticleFactory(title="潞城大葱 鲜葱</script>")
    data = data_of(client, article)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Product")
    assert data["name"] == "潞城大葱 鲜葱</script>" and data["gtin"] == article.brand_product.gtin
    offer = data["offers"]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", "39.80", "CNY")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["url"] == "http://testserver" + article.get_absolute_url()
    assert offer["seller"]["name"] == article.brand_product.member.name
    assert "aggregateRating" not in data


def test_sold_out_is_said(client: Client) -> None:
    offer = data_of(client, ArticleFactory(stock=0))["offers"]
    assert offer["availability"] == "https://schema.org/OutOfStock"


def test_several_sizes_give_the_range_of_prices(client: Client) -> None:
    parent = ArticleFactory(structure="parent", stock__price=None)
    for number, price in enumerate(["39.80", "9.90"]):
        ArticleFactory(
            structure="child", parent=parent, product_class=None, brand_product=parent.brand_product,
            title=f"{number} 号", stock__price=Decimal(price),
        )  # fmt: skip
    offers = data_of(client, parent)["offers"]
    assert (offers["@type"], offers["lowPrice"], offers["highPrice"]) == ("AggregateOffer", "9.90", "39.80")
    assert offers["offerCount"] == 2


def test_what_buyers_gave_is_told(client: Client) -> None:
    article = ArticleFactory()
    approve(review=review_of(article), at=timezone.now(), by=person("shop_operator"))
    rating = data_of(client, article)["aggregateRating"]
    assert rating["reviewCount"] == 1 and 1 <= float(rating["ratingValue"]) <= 5


def test_without_a_price_nothing_is_offered(client: Client) -> None:
    assert "offers" not in data_of(client, ArticleFactory(stock__price=None))
