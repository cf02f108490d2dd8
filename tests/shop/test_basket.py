"""Into the basket from a page without a token: one press where the browser vouches, else one more."""

import pytest
from django.test import Client
from django.urls import reverse
from oscar.core.loading import get_model

from shop.partner.models import StockRecord
from tests.factories.accounts import UserFactory
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
Line = get_model("basket", "Line")


@pytest.fixture(autouse=True)
def lucheng():
    return county()


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def address() -> str:
    return reverse("basket:add", args=[ArticleFactory().pk])


def in_basket() -> int:
    return sum(Line.objects.values_list("quantity", flat=True))


@pytest.mark.parametrize(
    "vouched", [{"HTTP_SEC_FETCH_SITE": "same-origin"}, {"HTTP_ORIGIN": "http://testserver"}]
)
def test_one_press_is_enough_where_the_browser_vouches(strict: Client, address: str, vouched: dict) -> None:
    response = strict.post(address, {"quantity": 2}, **vouched)
    assert response["Location"] == "/shop/basket/"
    assert in_basket() == 2
    assert strict.get("/shop/basket/").status_code == 200


@pytest.mark.parametrize(
    "doubtful",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
    ],
)
def test_else_the_visitor_is_asked_once_more_and_nothing_is_lost(
    strict: Client, address: str, doubtful: dict
) -> None:
    response = strict.post(address, {"quantity": 3}, **doubtful)
    assert response.status_code == 200 and in_basket() == 0
    page = response.content.decode()
    assert 'name="quantity" value="3"' in page
    token = response.context["csrf_token"]
    strict.post(address, {"quantity": 3, "csrfmiddlewaretoken": str(token)})
    assert in_basket() == 3


@pytest.mark.parametrize("quantity", ["-1", "0", "x", "", "11", "999999999999"])
def test_a_number_that_cannot_be_is_refused_with_words(client: Client, address: str, quantity: str) -> None:
    response = client.post(address, {"quantity": quantity}, HTTP_SEC_FETCH_SITE="same-origin", follow=True)
    assert response.status_code == 200 and in_basket() == 0
    assert 'class="note bad"' in response.content.decode()


def test_a_price_sent_along_changes_nothing(client: Client, address: str) -> None:
    client.post(address, {"quantity": 1, "price": "0.01"}, HTTP_SEC_FETCH_SITE="same-origin")
    assert str(Line.objects.get().price_incl_tax) == "39.80"


@pytest.mark.parametrize(
    ("following", "lands"), [("/shop/", "/shop/"), ("https://evil.example/", "/shop/basket/")]
)
def test_it_goes_on_on_this_host_only(client: Client, address: str, following: str, lands: str) -> None:
    response = client.post(address, {"quantity": 1, "next": following}, HTTP_SEC_FETCH_SITE="same-origin")
    assert response["Location"] == lands


def test_a_variant_goes_in(client: Client) -> None:
    parent = ArticleFactory(structure="parent")
    child = ArticleFactory(structure="child", parent=parent, product_class=None, title="10 千克", slug="ten")
    page = client.get(parent.get_absolute_url()).content.decode()
    assert f'value="{child.pk}"' in page
    assert client.get(child.get_absolute_url())["Location"] == parent.get_absolute_url()
    form = {"quantity": 1, "child_id": child.pk}
    client.post(reverse("basket:add", args=[parent.pk]), form, HTTP_SEC_FETCH_SITE="same-origin")
    assert Line.objects.get().product == child


def test_numbers_can_be_changed_and_things_taken_out_without_script(client: Client, address: str) -> None:
    client.post(address, {"quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")
    line = Line.objects.get()
    client.post("/shop/basket/", {"act": "set", "line": line.pk, "quantity": 4})
    line.refresh_from_db()
    assert line.quantity == 4
    client.post("/shop/basket/", {"act": "set", "line": line.pk, "quantity": 4, "to": 5})
    assert in_basket() == 5
    client.post("/shop/basket/", {"act": "out", "line": line.pk})
    assert not Line.objects.exists()
    assert client.get("/shop/basket/").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"quantity": -1}, {"quantity": "x"}, {"quantity": 11}, {"line": 999, "quantity": 1}]
)
def test_a_change_that_cannot_be_is_refused_with_words(client: Client, address: str, wrong: dict) -> None:
    client.post(address, {"quantity": 2}, HTTP_SEC_FETCH_SITE="same-origin")
    form = {"act": "set", "line": Line.objects.get().pk} | wrong
    page = client.post("/shop/basket/", form, headers={"X-Fragment": "basket"}).content.decode()
    assert 'class="note bad"' in page and "<html" not in page
    assert in_basket() == 2


def test_nobody_changes_the_basket_of_another(client: Client, address: str) -> None:
    client.post(address, {"quantity": 2}, HTTP_SEC_FETCH_SITE="same-origin")
    Client().post("/shop/basket/", {"act": "out", "line": Line.objects.get().pk})
    assert in_basket() == 2


def test_what_is_kept_for_later_comes_back(client: Client, address: str) -> None:
    client.force_login(UserFactory())
    client.post(address, {"quantity": 2}, HTTP_SEC_FETCH_SITE="same-origin")
    line = Line.objects.get()
    client.post("/shop/basket/", {"act": "later", "line": line.pk})
    line.refresh_from_db()
    assert line.basket.status == "Saved"
    assert line.product.get_title() in client.get("/shop/basket/").content.decode()
    client.post("/shop/basket/", {"act": "back", "line": line.pk})
    line.refresh_from_db()
    assert line.basket.status == "Open"


def test_a_guest_keeps_nothing_for_later_and_loses_nothing(client: Client, address: str) -> None:
    client.post(address, {"quantity": 2}, HTTP_SEC_FETCH_SITE="same-origin")
    client.post("/shop/basket/", {"act": "later", "line": Line.objects.get().pk})
    assert Line.objects.get().basket.status == "Open" and in_basket() == 2


def test_a_price_that_changed_and_a_thing_that_sold_out_are_explained(client: Client, address: str) -> None:
    client.post(address, {"quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")
    StockRecord.objects.update(price="44.80")
    assert "¥39.80" in client.get("/shop/basket/").content.decode()
    StockRecord.objects.update(num_in_stock=0)
    page = client.get("/shop/basket/")
    assert page.context["left_out"] and not page.context["stalls"]
    assert "/shop/checkout/" not in page.content.decode().split('id="basket"')[1].split("</main>")[0]


def test_an_article_taken_off_the_shelf_is_left_out_with_the_reason(client: Client, address: str) -> None:
    client.post(address, {"quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")
    Line.objects.get().product.__class__.objects.update(is_public=False)
    assert client.get("/shop/basket/").context["quote"].left_out[0].why


PAGES = [
    "addresses/",
    "wishlists/",
    "alerts/",
    "emails/",
    "notifications/inbox/",
]


@pytest.mark.parametrize("page", PAGES)
def test_oscars_own_pages_work_for_somebody_with_a_phone_only(client: Client, page: str) -> None:
    client.force_login(UserFactory(email=None, phone="13800001234"))
    response = client.get(f"/shop/accounts/{page}")
    html = response.content.decode()
    assert response.status_code == 200
    assert "googleapis" not in html and "<script>" not in html


@pytest.mark.parametrize(
    ("oscars", "ours"),
    [
        ("profile/", "/accounts/"), ("profile/edit/", "/accounts/"), ("profile/delete/", "/accounts/"),
        ("change-password/", "/accounts/"), ("", "/accounts/"), ("register/", "/accounts/signup/"),
        ("login/", "/accounts/login/"), ("logout/", "/accounts/logout/"),
    ],
)  # fmt: skip
def test_account_pages_of_the_shop_lead_to_the_one_account(client: Client, oscars: str, ours: str) -> None:
    client.force_login(UserFactory())
    assert client.get(f"/shop/accounts/{oscars}")["Location"] == ours


@pytest.mark.parametrize("page", ["/shop/basket/", "/shop/checkout/", "/shop/accounts/orders/"])
def test_pages_about_one_visitor_are_for_no_cache(client: Client, page: str) -> None:
    assert "no-store" in client.get(page)["Cache-Control"]


def test_the_shop_has_no_password_reset_of_its_own(client: Client) -> None:
    assert client.get("/shop/password-reset/")["Location"] == "/accounts/password/reset/"
