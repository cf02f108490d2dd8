"""Who may sell: only under a licence in force, only the maker; a suspension stops the sale at once."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from oscar.core.loading import get_class, get_model

from brand.models import Licence
from shop.catalogue.models import Product
from shop.partner.models import Partner
from shop.selling import NotOnSale, is_licensed, know_rights, on_sale, require_on_sale
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def lucheng():
    return county()


def availability(article: Product):
    return get_class("partner.strategy", "Selector")().strategy().fetch_for_product(article).availability


def test_a_licence_in_force_lets_the_maker_sell() -> None:
    article = ArticleFactory()
    assert on_sale(Product.objects.all(), on=TODAY).get() == article
    assert availability(article).is_available_to_buy
    require_on_sale(article, article.stockrecords.get(), on=TODAY)


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "suspended"},
        {"state": "revoked"},
        {"valid_to": date(2026, 1, 1)},
        {"valid_from": date(2098, 1, 1)},
    ],
)
def test_without_one_nothing_is_sold_and_the_reason_is_told(client: Client, facts: dict) -> None:
    article = ArticleFactory()
    Licence.objects.update(**facts)
    article = Product.objects.get(pk=article.pk)
    assert not on_sale(Product.objects.all(), on=TODAY).exists()
    assert not availability(article).is_available_to_buy
    with pytest.raises(NotOnSale, match="授权"):
        require_on_sale(article, article.stockrecords.get(), on=TODAY)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "眼下不卖" in page and "basket/add" not in page
    assert article.title not in client.get("/shop/catalogue/").content.decode()


def test_a_licence_of_another_member_does_not_cover() -> None:
    product = ProductFactory(licensed=False)
    LicenceFactory(member=MemberFactory(region=product.region), products=[product])
    article = ArticleFactory(brand_product=product)
    assert not is_licensed(article, on=TODAY)
    assert not on_sale(Product.objects.all(), on=TODAY).exists()


def test_somebody_else_may_not_sell_what_a_member_makes(client: Client) -> None:
    article = ArticleFactory()
    partner = Partner.objects.get()
    partner.member = MemberFactory()
    partner.save()
    article = Product.objects.get(pk=article.pk)
    assert not availability(article).is_available_to_buy
    assert not on_sale(Product.objects.all(), on=TODAY).exists()
    assert article.title not in client.get("/shop/catalogue/").content.decode()


def test_what_lies_in_a_basket_stops_with_the_licence(client: Client) -> None:
    article = ArticleFactory()
    add = reverse("basket:add", args=[article.pk])
    client.post(add, {"quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")
    Licence.objects.update(state="suspended")
    line = get_model("basket", "Line").objects.get()
    line.basket.strategy = get_class("partner.strategy", "Selector")().strategy()
    assert not line.purchase_info.availability.is_available_to_buy


def test_a_variant_sells_under_the_licence_of_its_article() -> None:
    parent = ArticleFactory(structure="parent")
    child = ArticleFactory(
        structure="child", parent=parent, product_class=None, brand_product=None, slug="small", title="小"
    )
    assert availability(child).is_available_to_buy
    Licence.objects.update(state="suspended")
    assert not availability(Product.objects.get(pk=child.pk)).is_available_to_buy


def test_rights_of_many_are_asked_at_once(django_assert_num_queries) -> None:
    articles = [ArticleFactory() for _ in range(4)]
    with django_assert_num_queries(1):
        know_rights(articles, on=TODAY)
    with django_assert_num_queries(0):
        assert all(is_licensed(article, on=TODAY) for article in articles)
