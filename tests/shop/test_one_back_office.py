"""The hall has one back office: Oscar's dashboard is gone, and what only it could do is done under /cms/."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from shop.catalogue.models import Product, ProductClass
from shop.partner.models import Partner
from tests.factories.accounts import UserFactory, person
from tests.factories.brand import MemberFactory, ProductFactory
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory, seller

pytestmark = pytest.mark.django_db

OLD = ["", "catalogue/", "catalogue/products/1/", "partners/", "ranges/", "shipping/weight-based/", "users/",
       "offers/new/metadata/", "orders/100001/"]  # fmt: skip


@pytest.fixture(autouse=True)
def lucheng():
    return county()


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(person("shop_operator"))
    return client


def test_no_part_of_oscars_dashboard_is_installed() -> None:
    names = [config.name for config in apps.get_app_configs() if "dashboard" in config.name]
    assert names == ["oscar.apps.dashboard"]  # Oscar's template tags import by it
    assert apps.get_app_config("dashboard").get_urls() == []


@pytest.mark.parametrize("part", OLD)
def test_its_old_addresses_lead_to_the_back_office_and_write_nothing(operator: Client, part: str) -> None:
    for answer in (operator.get(f"/shop/dashboard/{part}"), operator.post(f"/shop/dashboard/{part}", {})):
        assert answer["Location"] == reverse("shop-overview:index")


def test_who_sells_is_led_to_the_desk(client: Client) -> None:
    supplier = person("supplier")
    ArticleFactory().stockrecords.get().partner.users.add(supplier)
    client.force_login(supplier)
    assert client.get("/shop/dashboard/")["Location"] == reverse("shop-desk:desk")


def test_who_sells_finds_the_desk_in_the_account_and_nobody_else(client: Client) -> None:
    supplier = person("supplier")
    client.force_login(supplier)
    assert reverse("shop-desk:desk") not in client.get("/accounts/").content.decode()
    ArticleFactory().stockrecords.get().partner.users.add(supplier)
    assert reverse("shop-desk:desk") in client.get("/accounts/").content.decode()


def test_articles_are_of_a_type_which_decides_about_sending_back(operator: Client) -> None:
    answer = operator.post(reverse("shop-types:add"), {"name": "玻璃器皿", "slug": ""})
    assert answer.status_code == 302, answer.context["form"].errors
    glass = ProductClass.objects.get(name="玻璃器皿")
    assert glass.slug and glass.track_stock and glass.requires_shipping
    article = ArticleFactory()
    facts = {"brand_product": article.brand_product.pk, "title": "酒具", "slug": "", "price": "88"}
    operator.post(reverse("shop-articles:add"), {**facts, "product_class": glass.pk})
    assert Product.objects.get(title="酒具").product_class == glass


def test_a_type_that_articles_have_is_not_deleted(operator: Client) -> None:
    article = ArticleFactory()
    address = reverse("shop-types:delete", args=[article.product_class_id])
    operator.post(address)
    assert ProductClass.objects.filter(pk=article.product_class_id).exists()


def test_the_people_of_a_seller_are_named_by_what_they_sign_in_with(operator: Client) -> None:
    partner = seller(ProductFactory())
    li, _buyer = UserFactory(phone="+8613800001234"), UserFactory(phone="+8613900001234", last_name="赵某")
    address = reverse("shop-sellers-desk:edit", args=[partner.pk])
    typed = {"name": "张家河合作社", "people": "138 0000 1234\n"}
    answer = operator.post(address, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    partner.refresh_from_db()
    assert partner.name == "张家河合作社" and list(partner.users.all()) == [li]
    page = operator.get(address).content.decode()
    assert "13800001234" in page.replace(" ", "") and "赵某" not in page


def test_a_person_without_an_account_is_refused_and_nothing_changes(operator: Client) -> None:
    partner = seller(ProductFactory())
    li = UserFactory(email="li@example.org")
    partner.users.add(li)
    address = reverse("shop-sellers-desk:edit", args=[partner.pk])
    answer = operator.post(address, {"name": "别的名字", "people": "li@example.org\nwang@example.org"})
    assert "wang@example.org" in str(answer.context["form"].errors["people"])
    partner.refresh_from_db()
    assert partner.name != "别的名字" and list(partner.users.all()) == [li]


def test_a_member_becomes_a_seller_once(operator: Client) -> None:
    member = MemberFactory()
    add = reverse("shop-sellers-desk:add")
    assert operator.post(add, {"member": member.pk, "people": ""}).status_code == 302
    assert Partner.objects.get(member=member).code == member.slug
    again = operator.post(add, {"member": member.pk, "people": ""})
    assert again.status_code == 200 and "member" in again.context["form"].errors
    assert Partner.objects.count() == 1
