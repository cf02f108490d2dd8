"""Sellers: who they are and by which papers they sell (亮照亮证)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notices.models import Notice
from shop.models import SellerPaper
from shop.partner.models import Partner
from shop.sellers.reminding import send_reminders
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory, seller
from tests.factories.voices import paper_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture(autouse=True)
def lucheng():
    return county()


@pytest.fixture
def partner() -> Partner:
    return seller(ArticleFactory(title="潞城大葱 鲜葱").brand_product)


def address(partner: Partner) -> str:
    return reverse("shop-sellers:seller", args=[partner.code])


def test_the_page_shows_papers_licence_and_goods(client: Client, partner) -> None:
    paper_of(partner, valid_to=TODAY + timedelta(days=400))
    page = client.get(address(partner))
    words = page.content.decode()
    assert partner.name in words and "93140406MAXXXX0154" in words and "潞城大葱 鲜葱" in words
    assert "/brand/licences/" in words
    assert not page.cookies and "Cookie" not in page.get("Vary", "")


def test_what_is_missing_is_shown(client: Client, partner) -> None:
    assert 'class="missing"' in client.get(address(partner)).content.decode()


def test_the_article_leads_to_its_seller(client: Client, partner) -> None:
    article = ArticleFactory(brand_product__member=partner.member)
    paper_of(partner)
    words = client.get(article.get_absolute_url()).content.decode()
    assert address(partner) in words and "营业执照" in words


def test_a_paper_that_is_over_is_said_to_be(client: Client, partner) -> None:
    paper_of(partner, valid_to=TODAY - timedelta(days=1))
    words = client.get(address(partner)).content.decode()
    assert 'class="tag bad"' in words


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"kind": "exempt", "number": "", "statement": ""},
        {"valid_from": TODAY, "valid_to": TODAY - timedelta(days=1)},
    ],
)
def test_a_paper_that_cannot_be_is_not_kept(partner, wrong: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        paper_of(partner, **wrong)
    assert not SellerPaper.objects.exists()


def test_a_declaration_takes_the_place_of_a_licence(client: Client, partner) -> None:
    paper_of(partner, kind="exempt", number="", statement="卖的都是自家地里种的。")
    words = client.get(address(partner)).content.decode()
    assert "卖的都是自家地里种的。" in words


def test_seller_and_hall_hear_before_a_paper_ends_each_step_once(partner) -> None:
    keeper, officer = UserFactory(), person("shop_operator")
    partner.users.add(keeper)
    paper = paper_of(partner, valid_to=TODAY + timedelta(days=45))
    assert send_reminders(at=NOW) == 2
    assert send_reminders(at=NOW + timedelta(hours=6)) == 0
    assert {notice.user for notice in Notice.objects.all()} == {keeper, officer}
    assert send_reminders(at=NOW + timedelta(days=20)) == 2
    assert send_reminders(at=NOW + timedelta(days=46)) == 2
    assert send_reminders(at=NOW + timedelta(days=60)) == 0
    paper.refresh_from_db()
    assert paper.reminded_days == -1


def test_an_officer_enters_a_paper(client: Client, partner) -> None:
    client.force_login(person("shop_operator"))
    form = {"partner": partner.pk, "kind": "business", "number": "", "holder": partner.name, "issuer": ""}
    assert client.get(reverse("shop-papers:index")).status_code == 200
    client.post(reverse("shop-papers:add"), form)
    assert not SellerPaper.objects.exists()
    client.post(reverse("shop-papers:add"), form | {"number": "91140406MA0000001X"})
    paper = SellerPaper.objects.get()
    assert "91140406MA0000001X" in client.get(address(partner)).content.decode()
    changed = form | {"number": "91140406MA0000002X"}
    client.post(reverse("shop-papers:edit", args=[paper.pk]), changed)
    assert "91140406MA0000002X" in client.get(address(partner)).content.decode()


def test_an_unknown_seller_is_not_found(client: Client) -> None:
    assert client.get("/shop/sellers/nobody-at-all/").status_code == 404
