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
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": line.pk}
    client.post("/shop/basket/", {**form, "form-0-quantity": 4})
    line.refresh_from_db()
    assert line.quantity == 4
    client.post("/shop/basket/", {**form, "form-0-quantity": 4, "form-0-DELETE": "on"})
    assert not Line.objects.exists()
    assert client.get("/shop/basket/").status_code == 200


ADDRESS = {
    "first_name": "红", "last_name": "李", "line1": "幸福里 7 号", "line4": "长治市", "state": "山西省",
    "postcode": "047500", "phone_number": "13800001234",
}  # fmt: skip


@pytest.mark.parametrize("who", ["phone", "both", "guest"])
def test_an_order_can_be_placed_by_everybody(client: Client, address: str, mailoutbox, who: str) -> None:
    if who != "guest":
        email = "li@example.org" if who == "both" else None
        client.force_login(UserFactory(email=email, phone="13800001234"))
    client.post(address, {"quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")
    first = client.get("/shop/checkout/")
    if who == "guest":
        assert first.status_code == 200 and "password" not in first.content.decode()
        client.post("/shop/checkout/", {"username": "Guest@Example.org"})
    response = client.post("/shop/checkout/shipping-address/", ADDRESS, follow=True)
    assert response.redirect_chain[-1][0].endswith("/payment-details/"), response.redirect_chain
    preview = client.get("/shop/checkout/preview/")
    assert preview.status_code == 200 and "39.80" in preview.content.decode()
    done = client.post("/shop/checkout/preview/", {"action": "place_order"}, follow=True)
    assert done.status_code == 200
    order = get_model("order", "Order").objects.get()
    assert str(order.total_incl_tax) == "39.80"
    told = {"phone": [], "both": ["li@example.org"], "guest": ["guest@example.org"]}
    assert [address for message in mailoutbox for address in message.to] == told[who]
    assert StockRecord.objects.get().num_allocated == 1
    if who != "guest":
        assert order.number in client.get("/shop/accounts/orders/").content.decode()


PAGES = [
    "orders/",
    "addresses/",
    "addresses/add/",
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


def test_users_without_email_are_listed_in_the_dashboard(client: Client) -> None:
    phone_only = UserFactory(email=None, phone="13800001234")
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get("/shop/dashboard/users/").status_code == 200
    assert client.get(f"/shop/dashboard/users/{phone_only.pk}/").status_code == 200
    assert client.get("/shop/dashboard/").status_code == 200
