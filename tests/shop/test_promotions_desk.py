"""An operator runs promotions from the calendar: campaign, promotion, coupon, what it would cost, stop."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from shop.offer.models import ConditionalOffer
from shop.pricing import quote
from shop.promotions import setting
from shop.promotions.models import Campaign
from shop.voucher.models import Voucher
from tests.factories.accounts import person
from tests.factories.pages import county
from tests.factories.promotions import basket_of, promotion
from tests.factories.promotions import coupon as given
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
CAMPAIGN = {
    "name": "双11", "summary": "一年一次", "starts_at": "2026-11-01 00:00", "ends_at": "2126-11-12 00:00",
    "published": "on", "budget": "500",
}  # fmt: skip
OFFER = {
    "name": "满 30 减 5", "kind": "spend_save", "threshold": "30", "value": "5", "articles": "", "gift": "",
    "gift_quantity": "1", "times": "1", "limit": "", "priority": "0", "provinces": "", "seller": "",
    "starts_at": "", "ends_at": "", "campaign": "",
}  # fmt: skip
COUPON = {
    "name": "新客 5 元券", "kind": "spend_save", "threshold": "29", "value": "5", "articles": "",
    "audience": "new", "code": "", "quantity": "100", "per_person": "1", "valid_days": "7", "campaign": "",
    "starts_at": "2026-01-01 00:00", "ends_at": "2126-01-01 00:00",
}  # fmt: skip


@pytest.fixture
def region() -> Any:
    return county()


@pytest.fixture
def operator(client: Client, region: Any) -> User:
    user: User = person("shop_operator")
    client.force_login(user)
    return user


def test_a_campaign_schedules_what_is_in_it(client: Client, region: Any, operator: User) -> None:
    article = ArticleFactory(brand_product__region=region)
    basket = basket_of(article)
    answer = client.post("/cms/shop-campaigns/new/", CAMPAIGN | {"region": region.pk})
    campaign = Campaign.objects.get()
    assert answer.status_code == 302
    client.post("/cms/shop-promotions/new/", OFFER | {"region": region.pk, "campaign": campaign.pk})
    offer = ConditionalOffer.objects.get()
    assert (offer.start_datetime, offer.end_datetime) == (campaign.starts_at, campaign.ends_at)
    assert str(quote(basket).goods) == "34.80"
    page = client.get(f"/cms/shop-campaigns/{campaign.pk}/forecast/").content.decode()
    assert "满 30 减 5" in page
    sooner = CAMPAIGN | {"region": region.pk, "ends_at": "2026-11-02 00:00"}
    client.post(f"/cms/shop-campaigns/edit/{campaign.pk}/", sooner)
    assert str(quote(basket).goods) == "39.80"


def test_a_promotion_without_sense_is_refused_and_nothing_is_made(
    client: Client, region: Any, operator: User
) -> None:
    answer = client.post("/cms/shop-promotions/new/", OFFER | {"region": region.pk, "value": "30"})
    assert answer.status_code == 200 and not ConditionalOffer.objects.exists()
    unknown = OFFER | {"region": region.pk, "articles": "没有这个"}
    assert "没有这个" in client.post("/cms/shop-promotions/new/", unknown).content.decode()
    assert not ConditionalOffer.objects.exists()


def test_a_promotion_is_changed_stopped_and_resumed(client: Client, region: Any, operator: User) -> None:
    basket = basket_of(ArticleFactory(brand_product__region=region))
    offer = promotion(region, threshold=30, value=5, name="满 30 减 5")
    client.post(f"/cms/shop-promotions/edit/{offer.pk}/", OFFER | {"region": region.pk, "value": "6"})
    assert str(quote(basket).goods) == "33.80"
    assert client.get(f"/cms/shop-promotions/{offer.pk}/switch/").status_code == 200
    client.post(f"/cms/shop-promotions/{offer.pk}/switch/")
    assert str(quote(basket).goods) == "39.80"
    client.post(f"/cms/shop-promotions/{offer.pk}/switch/")
    assert str(quote(basket).goods) == "33.80"


def test_a_coupon_is_made(client: Client, region: Any, operator: User) -> None:
    client.post("/cms/shop-coupons/new/", COUPON | {"region": region.pk})
    coupon = Voucher.objects.get()
    assert coupon.quantity == 100 and coupon.code and coupon.offers.get().benefit.value == 5
    page = client.get("/cms/shop-coupons/").content.decode()
    assert "新客 5 元券" in page


@pytest.mark.parametrize("page", ["shop-campaigns", "shop-promotions", "shop-coupons"])
def test_lists_and_forms_open_for_the_operator_only(
    client: Client, region: Any, operator: User, page: str
) -> None:
    assert client.get(f"/cms/{page}/").status_code == 200
    assert client.get(f"/cms/{page}/new/").status_code == 200
    client.force_login(person("editor"))
    assert client.get(f"/cms/{page}/").status_code == 302


def test_gifts_are_limited_by_their_stock_alone(client: Client, region: Any, operator: User) -> None:
    gift = ArticleFactory(brand_product__region=region)
    said = OFFER | {"region": region.pk, "kind": "gift", "gift": str(gift.pk), "value": "0", "limit": "5"}
    answer = client.post("/cms/shop-promotions/new/", said)
    assert answer.status_code == 200 and answer.context["form"].non_field_errors()
    client.post("/cms/shop-promotions/new/", said | {"limit": ""})
    assert ConditionalOffer.objects.get().kind == "gift"


def test_a_name_that_is_taken_is_said_in_the_form(client: Client, region: Any, operator: User) -> None:
    promotion(region, threshold=30, value=5, name="满 30 减 5")
    answer = client.post("/cms/shop-promotions/new/", OFFER | {"region": region.pk})
    assert answer.status_code == 200 and answer.context["form"].non_field_errors()
    assert ConditionalOffer.objects.count() == 1


def test_a_limit_below_what_was_used_is_said_in_the_form(client: Client, region: Any, operator: User) -> None:
    offer = promotion(region, threshold=30, value=5, name="满 30 减 5", limit=9)
    ConditionalOffer.objects.update(num_applications=4)
    said = OFFER | {"region": region.pk, "limit": "3"}
    answer = client.post(f"/cms/shop-promotions/edit/{offer.pk}/", said)
    assert answer.status_code == 200 and answer.context["form"].non_field_errors()
    offer.refresh_from_db()
    assert offer.max_global_applications == 9


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "券"}, {"code": "ZHANG10"}, {"per_person": "0"}, {"quantity": "2"},
        {"starts_at": "", "ends_at": ""},
    ],
)  # fmt: skip
def test_a_coupon_that_cannot_be_so_is_said_in_the_form(
    client: Client, region: Any, operator: User, wrong: dict[str, str]
) -> None:
    given(region, name="券", code="ZHANG10")
    held = given(region, name="另一张", quantity=50)
    Voucher.objects.filter(pk=held.pk).update(claimed=3)
    answer = client.post(f"/cms/shop-coupons/edit/{held.pk}/", COUPON | {"region": region.pk} | wrong)
    assert answer.status_code == 200 and answer.context["form"].errors
    held.refresh_from_db()
    assert (held.name, held.quantity, held.per_person) == ("另一张", 50, 1)


def test_of_two_who_take_a_name_at_once_one_is_told(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = {"name": "满 30 减 5", "threshold": 30, "value": 5}
    promotion(region, **terms)
    look, looks = setting.check_offer, []

    def look_too_early(*args: Any) -> None:
        looks.append(args)
        if len(looks) > 1:  # by then the other one has written
            look(*args)

    monkeypatch.setattr(setting, "check_offer", look_too_early)
    with pytest.raises(setting.BadPromotion):
        promotion(region, **terms)
    assert ConditionalOffer.objects.get(region=region).name == terms["name"]
