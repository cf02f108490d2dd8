"""The pages of a claim: the buyer's by token, the seller's desk, the office; nobody else sees a photo."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.groups import sync_roles
from accounts.roles import give_role
from shop.aftersales.answering import refuse
from shop.aftersales.models import Claim, ReturnTerms
from shop.aftersales.objecting import object_to
from tests.factories.accounts import UserFactory
from tests.factories.claims import DELIVERED, HOUR, claim, jpeg, money_back, received_line

pytestmark = pytest.mark.django_db
LATER = DELIVERED + 2 * HOUR


@pytest.fixture(autouse=True)
def _sandbox(settings) -> None:
    settings.PAYMENT_SANDBOX = True


@pytest.fixture
def _now(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def page(line, **query) -> str:
    address = reverse("claims:ask", args=[line.order.token, line.pk])
    return address + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def seller_of(line) -> Client:
    person, client = UserFactory(), Client()
    line.partner.users.add(person)
    client.force_login(person)
    return client


def operator() -> Client:
    person, client = UserFactory(), Client()
    sync_roles()
    give_role(person, "shop_operator")
    client.force_login(person)
    return client


@pytest.mark.usefixtures("_now")
def test_a_guest_claims_spoilage_with_a_photo_and_the_code(client: Client) -> None:
    line, codes = received_line()
    assert "kind=spoilage" in client.get(page(line, code=codes[0].serial)).content.decode()
    shown = client.get(page(line, kind="spoilage", code=codes[0].serial))
    assert codes[0].serial[:4] in shown.content.decode() and "no-store" in shown["Cache-Control"]
    sent = {
        "reason": "spoiled", "quantity": "1", "serial": codes[0].serial, "words": "烂了",
        "photos": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg"),
    }  # fmt: skip
    answer = client.post(page(line, kind="spoilage"), sent)
    made = Claim.objects.get()
    assert answer["Location"] == reverse("claims:claim", args=[line.order.token, made.number])
    assert (made.code, made.photos.count(), made.amount) == (codes[0], 1, Decimal("39.80"))
    assert "烂了" in client.get(answer["Location"]).content.decode()


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": "-1"},
        {"quantity": "9"},
        {"amount": "999"},
        {"reason": "no_reason"},
        {"serial": "ABCDEFGH23456789"},
        {"photos": SimpleUploadedFile("a.jpg", b"<script>", "image/jpeg")},
    ],
)
def test_what_was_tampered_with_is_refused_and_keeps_what_was_typed(client: Client, wrong) -> None:
    line, codes = received_line()
    photos = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    sent = {
        "reason": "spoiled",
        "quantity": "1",
        "serial": codes[0].serial,
        "words": "烂了",
        "photos": photos,
    }
    answer = client.post(page(line, kind="spoilage"), sent | wrong)
    assert answer.status_code == 400 and "烂了" in answer.content.decode()
    assert not Claim.objects.exists()


@pytest.mark.usefixtures("_now")
def test_another_token_opens_nothing(client: Client) -> None:
    line, _codes = received_line()
    made = claim(line)
    photo = made.photos.get()
    assert client.get(reverse("claims:ask", args=["x" * 22, line.pk])).status_code == 404
    assert client.get(reverse("claims:claim", args=["x" * 22, made.number])).status_code == 404
    assert client.get(reverse("claims:photo", args=["x" * 22, photo.pk])).status_code == 404
    shown = client.get(reverse("claims:photo", args=[line.order.token, photo.pk]))
    assert shown.status_code == 200 and "no-store" in shown["Cache-Control"]


@pytest.mark.usefixtures("_now")
def test_the_code_of_a_package_leads_to_the_claim_with_the_buyers_number(client: Client) -> None:
    line, codes = received_line()
    door = reverse("claims:by-code", args=[codes[0].serial])
    wrong = client.post(door, {"phone": "13900009999"})
    assert wrong.status_code == 400
    right = client.post(door, {"phone": "138 0000 1234"})
    assert right["Location"] == f"{page(line)}?code={codes[0].serial}"
    for _number in range(5):
        client.post(door, {"phone": "13900009999"})
    assert client.post(door, {"phone": "138 0000 1234"}).status_code == 400


@pytest.mark.usefixtures("_now")
def test_the_seller_answers_on_the_desk_and_strangers_do_not() -> None:
    line, _codes = received_line()
    made = claim(line)
    seller = seller_of(line)
    assert made.number in seller.get(reverse("shop-desk:desk")).content.decode()
    stranger = seller_of(received_line()[0])
    address = reverse("shop-desk:claim-answer", args=[made.number, "agree"])
    assert stranger.post(address, {"agree-note": ""}).status_code == 404
    assert stranger.get(reverse("shop-desk:claim-photo", args=[made.photos.get().pk])).status_code == 404
    assert seller.get(address)["Location"] == reverse("shop-desk:claim", args=[made.number])
    seller.post(address, {"agree-note": "退你"})
    made.refresh_from_db()
    assert (made.state, money_back(line)) == ("refunding", Decimal("39.80"))
    again = seller.post(address, {"agree-note": ""})
    assert again.status_code == 400 and money_back(line) == Decimal("39.80")


@pytest.mark.usefixtures("_now")
def test_the_office_decides_once() -> None:
    line, _codes = received_line()
    made = claim(line)
    refuse(claim=made, reason="没坏", at=LATER, by=None)
    object_to(claim=made, words="坏了", at=LATER)
    office = operator()
    assert made.number in office.get("/cms/shop-claim/").content.decode()
    shown = office.get(reverse("shop-claim:claim", args=[made.pk]))
    assert shown.status_code == 200 and "没坏" in shown.content.decode()
    act = reverse("shop-claim:act", args=[made.pk, "grant"])
    assert office.post(act, {"grant-amount": "99", "grant-note": "多了"}).status_code == 400
    assert money_back(line) == 0
    office.post(act, {"grant-amount": "20", "grant-note": "退一半"})
    assert money_back(line) == Decimal("20.00")
    assert Client().get(reverse("shop-claim:claim", args=[made.pk])).status_code == 302


@pytest.mark.usefixtures("_now")
def test_the_order_page_shows_claims_and_leads_to_new_ones(client: Client) -> None:
    line, _codes = received_line()
    order_page = reverse("orders:order", args=[line.order.token])
    assert page(line) in client.get(order_page).content.decode()
    made = claim(line)
    shown = client.get(order_page).content.decode()
    assert made.number in shown and page(line) not in shown


def test_the_office_lays_down_what_may_be_sent_back() -> None:
    line, _codes = received_line()
    office = operator()
    sent = {"product": line.product_id, "product_class": "", "terms": "perishable"}
    office.post(reverse("shop-return-terms:add"), sent)
    assert ReturnTerms.objects.get().terms == "perishable"
    assert office.get("/cms/shop-return-terms/").status_code == 200
