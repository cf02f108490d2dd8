"""The buyer's order: by its token, for its whole life; found again by number, phone and code; received."""

from datetime import timedelta

import pytest
from django.urls import reverse

from brand.phones.models import PhoneCode
from notices.models import Notice
from shop.buyer.finding import NotFound, ask_for_code, find_order
from shop.county_post.models import Station
from shop.fulfilment.completing import complete_orders
from shop.fulfilment.models import Consignment, Parcel
from shop.fulfilment.receiving import NotReceived, confirm_receipt, hand_out, receive_by_itself, received_at
from shop.order.models import Order
from shop.ordering.wanted import Destination
from shop.partner.models import StockRecord
from shop.tracking.tracing import Source, Step, trace
from tests.factories.accounts import UserFactory, person
from tests.factories.fulfilment import (
    NOW,
    article_with_codes,
    packed,
    pickup_point,
    sent,
    the_consignment,
    to_send,
)
from tests.factories.orders import PHONE, order_of
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
State = Order.State


def page(client, order) -> str:
    response = client.get(reverse("orders:order", args=[order.token]))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def delivered(order, codes, *, at) -> Parcel:
    parcel = sent(order, codes)
    trace(parcel=parcel, step=Step(at=at, state=Parcel.State.DELIVERED, text="已签收", source=Source.CARRIER))
    return parcel


def test_the_page_follows_the_order_and_shows_each_code_with_its_record(client):
    article, codes = article_with_codes(2)
    order = order_of((article, 2), at=NOW)
    shown = page(client, order)
    assert "等你付款" in shown and 'name="robots" content="noindex"' in shown
    order = to_send((article, 2))
    assert "正在打包" in page(client, order)
    parcel = sent(order, codes)
    shown = page(client, order)
    assert parcel.waybill in shown
    for code in codes:
        assert reverse("trace-package", args=[code.serial]) in shown


def test_no_other_address_opens_an_order(client):
    order = to_send((ArticleFactory(), 1))
    assert client.get(reverse("orders:order", args=[order.number])).status_code == 404
    assert client.get(reverse("orders:mine")).status_code == 302


def test_the_page_makes_as_many_queries_for_many_parcels(client, django_assert_max_num_queries):
    article, codes = article_with_codes(5)
    order = to_send((article, 5))
    for code in codes:
        sent(order, [code])
    page(client, order)
    with django_assert_max_num_queries(45):
        page(client, order)


def test_my_orders_are_mine(client):
    me, other = UserFactory(), UserFactory()
    mine = to_send((ArticleFactory(), 1), user=me)
    theirs = to_send((ArticleFactory(), 1), user=other)
    client.force_login(me)
    shown = client.get(reverse("orders:mine")).content.decode()
    assert mine.number in shown and theirs.number not in shown


def test_the_buyer_cancels_before_it_leaves_and_not_after(client):
    article, codes = article_with_codes(2)
    first, second = to_send((article, 1)), to_send((article, 1))
    address = reverse("orders:cancel", args=[first.token])
    assert client.get(address).status_code == 302
    assert client.post(address, {"reason": "买错了"}).status_code == 302
    first.refresh_from_db()
    assert first.state == State.CANCELLED
    assert StockRecord.objects.get().num_allocated == 1
    sent(second, codes[:1])
    assert client.post(reverse("orders:cancel", args=[second.token])).status_code == 409
    second.refresh_from_db()
    assert second.state == State.SENT


def test_the_buyer_says_that_it_has_come(client):
    article, codes = article_with_codes(1)
    order = to_send((article, 1))
    address = reverse("orders:received", args=[order.token])
    assert client.post(address).status_code == 409
    sent(order, codes)
    assert client.post(address).status_code == 302
    order.refresh_from_db()
    assert order.state == State.RECEIVED
    assert the_consignment(order).state == Consignment.State.RECEIVED
    assert received_at(order) is not None
    with pytest.raises(NotReceived):
        confirm_receipt(order=order, at=NOW)


def test_ten_days_after_the_delivery_it_counts_as_received_and_a_week_later_as_completed():
    article, codes = article_with_codes(1)
    order = to_send((article, 1))
    came = NOW + timedelta(days=2)
    delivered(order, codes, at=came)
    assert receive_by_itself(at=came + timedelta(days=10, seconds=-1)) == 0
    assert receive_by_itself(at=came + timedelta(days=10)) == 1
    assert complete_orders(at=came + timedelta(days=16)) == 0
    assert complete_orders(at=came + timedelta(days=17)) == 1
    order.refresh_from_db()
    assert order.state == State.COMPLETED


def test_what_is_still_on_the_way_or_held_up_is_not_received_by_itself():
    article, codes = article_with_codes(2)
    moving, silent = to_send((article, 1)), to_send((article, 1))
    parcel = sent(moving, codes[:1])
    step = Step(at=NOW + timedelta(days=1), state=Parcel.State.TROUBLE, text="破损", source=Source.CARRIER)
    trace(parcel=parcel, step=step)
    sent(silent, codes[1:])
    assert receive_by_itself(at=NOW + timedelta(days=14)) == 0
    assert receive_by_itself(at=NOW + timedelta(days=40)) == 1  # the silent one only
    moving.refresh_from_db()
    assert moving.state == State.SENT


# --- picked up ----------------------------------------------------------------------------------


def picked_up_order():
    article, codes = article_with_codes(1)
    point = pickup_point(article.brand_product.region)
    order = to_send((article, 1), destination=Destination(pickup_point=point))
    station = Station.objects.create(region=point.region, tier="county", name="中心", pickup_point=point)
    return order, codes, station


def test_the_pickup_code_opens_the_goods_once(client, django_capture_on_commit_callbacks):
    order, codes, station = picked_up_order()
    code = the_consignment(order).pickup_code
    assert len(code) == 8 and f"{code[:4]} {code[4:]}" in page(client, order)
    keeper = UserFactory()
    with pytest.raises(NotReceived):  # still with the seller
        hand_out(code=code, at=NOW, by=keeper, station=station)
    parcel = sent(order, codes, carrier="own")
    with django_capture_on_commit_callbacks(execute=True):
        step = Step(at=NOW, state=Parcel.State.WAITING, text="到了", source=Source.SELLER)
        trace(parcel=parcel, step=step)
    assert code in Notice.objects.get(kind="order_arrived", channel="sms").text
    station.keepers.add(keeper)
    client.force_login(keeper)
    address = reverse("stations:handing-out")
    assert client.post(address, {"code": "00000000"}).status_code == 409
    assert client.post(address, {"code": f"{code[:4]} {code[4:]}"}).status_code == 302
    order.refresh_from_db()
    assert order.state == State.RECEIVED
    assert client.post(address, {"code": code}).status_code == 409


def test_another_point_does_not_hand_it_out():
    order, codes, station = picked_up_order()
    sent(order, codes, carrier="own")
    other = Station.objects.create(
        region=station.region,
        tier="town",
        name="别处",
        pickup_point=pickup_point(station.region, name="别处"),
    )
    with pytest.raises(NotReceived):
        hand_out(code=the_consignment(order).pickup_code, at=NOW, by=UserFactory(), station=other)
    assert Parcel.objects.get().delivered_at is None


# --- found again --------------------------------------------------------------------------------


def code_sent(monkeypatch, **asked) -> str:
    monkeypatch.setattr("brand.phones.codes.secrets.randbelow", lambda _top: 123456)
    ask_for_code(**asked)
    return "123456"


def test_number_phone_and_code_open_an_order(client, monkeypatch):
    monkeypatch.setattr("brand.phones.codes.secrets.randbelow", lambda _top: 123456)
    order = to_send((ArticleFactory(), 1))
    asked = {"number": order.number, "phone": "138 0000 1234"}
    assert "验证码已发到" in client.post(reverse("orders:find"), asked).content.decode()
    wrong = client.post(reverse("orders:find-code"), {**asked, "code": "654321"})
    assert wrong.status_code == 409 and order.token not in wrong.content.decode()
    right = client.post(reverse("orders:find-code"), {**asked, "code": "123456"})
    assert right.url == reverse("orders:order", args=[order.token])


def test_nobody_learns_which_orders_there_are(client):
    order = to_send((ArticleFactory(), 1))
    known = client.post(reverse("orders:find"), {"number": order.number, "phone": PHONE})
    unknown = client.post(reverse("orders:find"), {"number": "99999999999999", "phone": PHONE})
    again = client.post(reverse("orders:find"), {"number": order.number, "phone": PHONE})
    lengths = {response.status_code for response in (known, unknown, again)}
    assert lengths == {200}
    assert PhoneCode.objects.count() == 1


def test_guessing_ends_after_some_tries():
    order = to_send((ArticleFactory(), 1))
    asked = {"number": order.number, "phone": PHONE, "address": "203.0.113.7", "at": NOW}
    for _time in range(20):
        with pytest.raises(NotFound):
            find_order(**asked, typed="000000")
    with pytest.raises(NotFound, match="一个小时"):
        ask_for_code(**asked)
    assert not PhoneCode.objects.exists()


# --- the desk -----------------------------------------------------------------------------------


def test_the_desk_is_for_sellers_and_each_sees_their_own(client):
    one, other = to_send((ArticleFactory(), 1)), to_send((ArticleFactory(), 1))
    mine, theirs = the_consignment(one), the_consignment(other)
    seller = person("supplier")
    assert client.get(reverse("shop-desk:desk")).status_code == 302
    client.force_login(seller)
    assert client.get(reverse("shop-desk:desk")).status_code == 403
    mine.partner.users.add(seller)
    desk = client.get(reverse("shop-desk:desk"))
    assert "no-store" in desk["Cache-Control"]
    assert mine.number in desk.content.decode() and theirs.number not in desk.content.decode()
    assert client.get(reverse("shop-desk:consignment", args=[theirs.number])).status_code == 404
    assert client.post(reverse("shop-desk:consignment-pack", args=[theirs.number])).status_code == 404
    assert not Parcel.objects.exists()


def test_the_operator_sees_every_seller(client):
    orders = [to_send((ArticleFactory(), 1)) for _number in range(2)]
    client.force_login(person("shop_operator"))
    desk = client.get(reverse("shop-desk:orders")).content.decode()
    assert all(order.number in desk for order in orders)
    partner = the_consignment(orders[0]).partner
    only = client.get(reverse("shop-desk:orders") + f"?seller={partner.code}").content.decode()
    assert orders[0].number in only and orders[1].number not in only


def test_packing_by_hand_from_the_order_to_the_label(client):
    article, codes = article_with_codes(2)
    order = to_send((article, 2))
    consignment = the_consignment(order)
    seller = person("supplier")
    consignment.partner.users.add(seller)
    client.force_login(seller)
    begun = client.post(reverse("shop-desk:consignment-pack", args=[consignment.number]))
    parcel = Parcel.objects.get()
    assert begun.url == reverse("shop-desk:parcel", args=[parcel.number])
    add = reverse("shop-desk:parcel-add", args=[parcel.number])
    for act in ("add", "remove", "unpack", "send", "arrived"):
        assert client.get(reverse(f"shop-desk:parcel-{act}", args=[parcel.number])).status_code == 302
    assert client.post(add, {"code": codes[0].serial}).status_code == 302
    twice = client.post(add, {"code": codes[0].serial})
    assert twice.status_code == 409 and codes[0].serial in twice.content.decode().replace(" ", "")
    client.post(add, {"code": codes[1].serial})
    send = reverse("shop-desk:parcel-send", args=[parcel.number])
    wrong = client.post(send, {"carrier": "jd", "waybill": "7"})
    assert wrong.status_code == 409 and 'value="7"' in wrong.content.decode()
    assert client.post(send, {"carrier": "jd", "waybill": "JD0012345678901"}).status_code == 302
    order.refresh_from_db()
    assert order.state == State.SENT
    for name in ("shop-desk:parcel-waybill", "shop-desk:pick-list"):
        arguments = [parcel.number] if "waybill" in name else []
        paper = client.get(reverse(name, args=arguments))
        assert paper.content[:5] == b"%PDF-" and "no-store" in paper["Cache-Control"]


def test_the_pick_list_gathers_what_several_orders_want(client):
    article = ArticleFactory()
    orders = [to_send((article, 2)), to_send((article, 1))]
    packed(the_consignment(orders[0]), [])
    client.force_login(person("shop_operator"))
    shown = client.get(reverse("shop-desk:pick")).content.decode()
    assert '<b class="num">3</b>' in shown and all(order.number in shown for order in orders)
