"""Tables the office takes along: what a buyer wrote is text in them."""

import csv
from io import StringIO

import pytest

from shop.order.models import Order
from tests.factories.accounts import person
from tests.factories.orders import PHONE, order_of
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("note", ["=HYPERLINK(1)", "@SUM(1)", "+1+cmd", "-1+1"])
def test_a_note_is_no_formula_in_a_csv(client, note: str) -> None:
    article = ArticleFactory(brand_product__region=county())
    order_of((article, 1))
    Order.objects.update(buyer_note=note)
    client.force_login(person("shop_operator"))
    answer = client.get("/cms/shop-orders/?export=csv")
    _headings, row = csv.reader(StringIO(b"".join(answer.streaming_content).decode()))
    assert f"'{note}" in row and PHONE in row
