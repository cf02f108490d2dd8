"""A county's points hand out what its own sellers sell; others' goods are not sent there free of freight."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shop.freight.models import FreightTemplate, FreightZone
from shop.order.models import Order
from tests.factories.brand import ProductFactory, RegionFactory
from tests.factories.fulfilment import pickup_point
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory
from tests.shop.test_checkout import FILLED, PAGE, SAME_ORIGIN

pytestmark = pytest.mark.django_db
PICKED_UP = FILLED | {"delivery": "pickup", "name": "", "street": "", "district": ""}


@pytest.fixture
def counties():
    here, there = county(), RegionFactory(slug="daning", name="大宁")
    for region in (here, there):
        template = FreightTemplate.objects.create(region=region, name="快递")
        FreightZone.objects.create(template=template, first_charge="6", further_charge="2")
    return here, there


def put(client: Client, region, title: str):
    article = ArticleFactory(title=title, brand_product=ProductFactory(region=region))
    client.post(reverse("basket:add", args=[article.pk]), {"quantity": "1"}, **SAME_ORIGIN)
    return article


def counted(client: Client):
    return client.post(reverse(PAGE), PICKED_UP | {"do": "count", "key": "x"})


def order(client: Client, point):
    key = client.get(reverse(PAGE)).context["values"]["key"]
    total = counted(client).context["quote"].total
    sent = PICKED_UP | {"key": key, "shown_total": str(total), "pickup_point": str(point.pk)}
    return client.post(reverse(PAGE), sent)


def test_goods_of_the_county_are_picked_up_without_freight(client: Client, counties) -> None:
    here, _there = counties
    put(client, here, "潞城大葱")
    assert order(client, pickup_point(here, name="特产馆")).status_code == 302
    assert (Order.objects.get().shipping_incl_tax, Order.objects.get().total_incl_tax) == (
        Decimal(0),
        Decimal("39.80"),
    )


@pytest.mark.parametrize("mixed", [True, False])
def test_goods_of_another_county_are_refused_with_what_to_do(client: Client, counties, mixed: bool) -> None:
    here, there = counties
    put(client, there, "宁脆苹果")
    if mixed:
        put(client, here, "潞城大葱")
    page = counted(client)
    why = page.context["quote"].undelivered
    assert "宁脆苹果" in why and "潞城大葱" not in why and here.name in why
    assert why in page.content.decode()
    answer = order(client, pickup_point(here, name="特产馆"))
    assert answer.status_code == 200 and not Order.objects.exists()


def test_by_parcel_every_seller_s_freight_counts(client: Client, counties) -> None:
    for region, title in zip(counties, ("潞城大葱", "宁脆苹果"), strict=True):
        put(client, region, title)
    asked = client.post(reverse(PAGE), FILLED | {"do": "count", "key": "x"}).context["quote"]
    assert (asked.freight, asked.undelivered) == (Decimal(12), "")
