"""Coupons: claimed once each, never more than there are, counted, used with the order, given back."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from brand.models import Region
from shop.order.models import Order
from shop.pricing import quote
from shop.promotions.claiming import AllGone, AlreadyHeld, NotClaimed, claim
from shop.promotions.models import HeldCoupon
from shop.promotions.rewarding import reward_review
from shop.promotions.turning import tell_turns
from shop.promotions.using import CouponRefused, give_back, use
from shop.voucher.models import Voucher
from tests.factories.accounts import UserFactory
from tests.factories.brand import ProductFactory
from tests.factories.pages import county
from tests.factories.promotions import NOW, basket_of, coupon, promotion
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    place: Region = county()
    return place


@pytest.fixture
def basket(region: Region) -> Any:
    return basket_of((ArticleFactory(brand_product=ProductFactory(region=region)), 2))


def order_of(region: Region, number: str, phone: str = "+8613800001234", **facts: Any) -> Order:
    order: Order = Order.objects.create(
        number=number,
        region=region,
        phone=phone,
        currency="CNY",
        total_incl_tax=70,
        total_excl_tax=70,
        **facts,
    )
    return order


def test_a_guest_claims_and_the_basket_counts_it(region: Region, basket: Any) -> None:
    claim(voucher=coupon(region), user=None, basket=basket, at=NOW)
    result = quote(basket, at=NOW)
    assert str(result.goods) == "69.60" and result.discounts[0].held_id
    assert result.coupons[0].used


def test_one_person_gets_as_many_as_one_person_gets(region: Region, basket: Any) -> None:
    voucher, user = coupon(region, per_person=2), UserFactory()
    for _ in range(2):
        claim(voucher=voucher, user=user, basket=basket, at=NOW)
    with pytest.raises(AlreadyHeld):
        claim(voucher=voucher, user=user, basket=basket, at=NOW)
    voucher.refresh_from_db()
    assert voucher.claimed == HeldCoupon.objects.count() == 2


def test_what_is_gone_is_refused_and_nothing_is_counted(region: Region, basket: Any) -> None:
    voucher = coupon(region, quantity=1)
    claim(voucher=voucher, user=UserFactory(), basket=None, at=NOW)
    with pytest.raises(AllGone):
        claim(voucher=voucher, user=None, basket=basket, at=NOW)
    voucher.refresh_from_db()
    assert voucher.claimed == HeldCoupon.objects.count() == 1


@pytest.mark.parametrize("later", [timedelta(days=-2), timedelta(days=31)])
def test_it_is_given_out_in_its_time_only(region: Region, basket: Any, later: timedelta) -> None:
    with pytest.raises(NotClaimed):
        claim(voucher=coupon(region), user=None, basket=basket, at=NOW + later)
    assert not HeldCoupon.objects.exists()


def test_of_several_the_one_that_saves_most_counts_unless_another_is_chosen(
    region: Region, basket: Any
) -> None:
    small, large = coupon(region, value=5), coupon(region, value=12)
    for one in (small, large):
        claim(voucher=one, user=None, basket=basket, at=NOW)
    assert [one.voucher_id for one in quote(basket, at=NOW).discounts] == [large.pk]
    basket.vouchers.add(small)
    assert [one.voucher_id for one in quote(basket, at=NOW).discounts] == [small.pk]


def test_one_for_new_buyers_counts_until_the_phone_says_otherwise(region: Region, basket: Any) -> None:
    claim(voucher=coupon(region, audience="new"), user=None, basket=basket, at=NOW)
    assert quote(basket, at=NOW).coupons[0].provisional
    order_of(region, "1", phone="+8613800001234")
    assert quote(basket, phone="13900001234", at=NOW).discounts
    refused = quote(basket, phone="138 0000 1234", at=NOW)
    assert not refused.discounts and refused.coupons[0].text


def test_it_is_judged_after_spend_and_save(region: Region, basket: Any) -> None:
    promotion(region, threshold=70, value=10)
    claim(voucher=coupon(region, threshold=75), user=None, basket=basket, at=NOW)
    result = quote(basket, at=NOW)
    assert str(result.goods) == "69.60" and not result.coupons[0].used


def test_it_is_used_once_and_given_back_with_the_order(region: Region, basket: Any) -> None:
    user = UserFactory()
    claim(voucher=coupon(region), user=user, basket=basket, at=NOW)
    discounts = quote(basket, user=user, at=NOW).discounts
    first = order_of(region, "1", user=user)
    use(order=first, discounts=discounts, at=NOW)
    assert not quote(basket, user=user, at=NOW).discounts
    with pytest.raises(CouponRefused):
        use(order=order_of(region, "2", user=user), discounts=discounts, at=NOW)
    give_back(order=first, at=NOW)
    assert quote(basket, user=user, at=NOW).discounts


def test_a_phone_number_uses_it_once_however_many_baskets_it_has(region: Region) -> None:
    voucher = coupon(region)
    for number in ("1", "2"):
        basket = basket_of((ArticleFactory(brand_product=ProductFactory(region=region)), 2))
        claim(voucher=voucher, user=None, basket=basket, at=NOW)
        discounts, order = quote(basket, at=NOW).discounts, order_of(region, number)
        if number == "1":
            use(order=order, discounts=discounts, at=NOW)
        else:
            with pytest.raises(CouponRefused):
                use(order=order, discounts=discounts, at=NOW)
    assert HeldCoupon.objects.exclude(used_at=None).count() == 1


def test_a_limited_promotion_ends_with_its_last_use(region: Region, basket: Any) -> None:
    offer = promotion(region, threshold=50, value=5, limit=1)
    discounts = quote(basket, at=NOW).discounts
    use(order=order_of(region, "1"), discounts=discounts, at=NOW)
    with pytest.raises(CouponRefused):
        use(order=order_of(region, "2"), discounts=discounts, at=NOW)
    offer.refresh_from_db()
    assert offer.num_applications == 1 and not quote(basket, at=NOW).discounts


def test_a_photo_review_is_rewarded_once(region: Region) -> None:
    coupon(region, audience="reviewers")
    user = UserFactory()
    assert reward_review(review_id=7, region=region, user=user, at=NOW)
    assert reward_review(review_id=7, region=region, user=user, at=NOW) is None
    assert HeldCoupon.objects.count() == 1


def test_pages_learn_once_that_something_began(region: Region) -> None:
    promotion(
        region, threshold=50, value=5, starts_at=NOW + timedelta(hours=1), ends_at=NOW + timedelta(days=9)
    )
    from changes.models import Change

    Change.objects.all().delete()
    assert tell_turns(at=NOW) == 0
    assert tell_turns(at=NOW + timedelta(hours=2)) == 1
    Change.objects.update(at=NOW + timedelta(hours=2))
    assert tell_turns(at=NOW + timedelta(hours=3)) == 0


def test_it_is_claimed_from_a_page_without_a_token(region: Region) -> None:
    from django.utils import timezone

    now = timezone.now()
    voucher = coupon(region, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
    strict = Client(enforce_csrf_checks=True)
    address = f"/shop/coupons/{voucher.pk}/claim/"
    strict.post(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert not HeldCoupon.objects.exists()
    answer = strict.post(address, {"next": "/shop/"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer["Location"] == "/shop/" and HeldCoupon.objects.count() == 1
    page = strict.get("/shop/coupons/")
    assert voucher.name in page.content.decode() and "no-store" in page["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_as_many_get_one_as_there_are(region: Region) -> None:
    voucher = coupon(region, quantity=3)
    users = [UserFactory() for _ in range(8)]
    start, got = Barrier(len(users)), []

    def press(user: Any) -> None:
        start.wait()
        try:
            claim(voucher=Voucher.objects.get(pk=voucher.pk), user=user, basket=None, at=NOW)
            got.append(user.pk)
        except AllGone:
            pass
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    voucher.refresh_from_db()
    assert connection.vendor and len(got) == voucher.claimed == HeldCoupon.objects.count() == 3
