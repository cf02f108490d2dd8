"""The pages of order agriculture: the same for everybody, terms before paying, the way out on the order."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.groups import sync_roles
from accounts.roles import give_role
from shop.order.models import Order
from shop.presale.delaying import delay
from shop.presale.models import Presale
from tests.factories.accounts import UserFactory
from tests.factories.fulfilment import NOW
from tests.factories.presales import confirmed, draft, running

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now(settings, monkeypatch) -> None:
    settings.PAYMENT_SANDBOX = True
    settings.KEEP_READ_SECONDS = 0
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def operator() -> Client:
    person, client = UserFactory(), Client()
    sync_roles()
    give_role(person, "shop_operator")
    client.force_login(person)
    return client


def test_the_list_and_the_page_are_the_same_for_everybody(
    client: Client, django_assert_max_num_queries
) -> None:
    presale = running()
    listing = client.get(reverse("presales:list"))
    assert presale.title in listing.content.decode()
    with django_assert_max_num_queries(16):
        shown = client.get(reverse("presales:presale", args=[presale.slug]))
    words = shown.content.decode()
    assert "定金" in words and presale.base.name in words
    for answer in (listing, shown):
        assert "Cookie" not in answer.get("Vary", "") and not answer.cookies
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_what_is_being_prepared_is_not_listed(client: Client) -> None:
    presale = draft()
    assert presale.title not in client.get(reverse("presales:list")).content.decode()


def test_an_empty_list_says_what_comes(client: Client) -> None:
    draft()
    assert client.get(reverse("presales:list")).status_code == 200


def test_the_product_page_books_instead_of_selling(client: Client) -> None:
    presale = running()
    words = client.get(presale.article.get_absolute_url()).content.decode()
    assert reverse("checkout:buy", args=[presale.article_id]) in words
    assert reverse("presales:presale", args=[presale.slug]) in words
    assert reverse("basket:add", args=[presale.article_id]) not in words


def test_the_checkout_shows_the_terms_and_the_deposit(client: Client) -> None:
    presale = running()
    shown = client.get(reverse("checkout:buy", args=[presale.article_id]), {"quantity": "2"})
    words = shown.content.decode()
    assert 'name="accept"' in words and "10.00" in words


def test_the_way_out_of_a_delay_is_one_click(client: Client) -> None:
    presale = running()
    order = confirmed(presale, 2)
    page = reverse("orders:order", args=[order.token])
    way_out = reverse("presales:step-back", args=[order.token])
    assert way_out not in client.get(page).content.decode()
    refused = client.post(way_out)
    order.refresh_from_db()
    assert (refused["Location"], order.state) == (page, "reserved")
    delay(presale=presale, now_from=date(2027, 2, 1), now_to=date(2027, 2, 9), reason="霜冻", at=NOW, by=None)
    shown = client.get(page).content.decode()
    assert way_out in shown and "霜冻" in shown
    assert client.get(way_out)["Location"] == page
    client.post(way_out)
    order.refresh_from_db()
    assert order.state == Order.State.CANCELLED


def test_the_office_writes_the_terms_opens_it_and_tells_of_a_delay() -> None:
    presale, office = draft(), operator()
    assert office.get("/cms/shop-presales/").status_code == 200
    desk = reverse("shop-presales:desk", args=[presale.pk])
    assert office.get(desk).status_code == 200
    refused = office.post(f"{desk}open/")
    assert refused.status_code == 400
    office.post(f"{desk}terms/", {"terms-text": "先付定金"})
    office.post(f"{desk}open/")
    presale.refresh_from_db()
    assert presale.state == "open"
    late = {"delay-now_from": "2027-02-01", "delay-now_to": "2027-02-09", "delay-reason": "霜冻"}
    office.post(f"{desk}delay/", late)
    presale.refresh_from_db()
    assert (presale.harvest_to, presale.delays.count()) == (date(2027, 2, 9), 1)
    assert Client().get(desk).status_code == 302


def test_what_somebody_booked_on_cannot_be_changed_by_the_form() -> None:
    presale, office = running(), operator()
    confirmed(presale, 2)
    form = office.get(reverse("shop-presales:edit", args=[presale.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    data |= {"deposit": "1.00", "deposit_kept": "on"}
    office.post(reverse("shop-presales:edit", args=[presale.pk]), data)
    assert Presale.objects.get().deposit == presale.deposit


def test_a_deposit_on_a_harvest_is_not_cancelled_away(client: Client) -> None:
    order = confirmed(running(), 2)
    answer = client.post(reverse("orders:cancel", args=[order.token]))
    order.refresh_from_db()
    assert (answer.status_code, order.state) == (409, "reserved")
