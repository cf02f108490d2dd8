"""Alipay over real HTTP with real signatures: pages, notification, question, refund; and inside WeChat."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from shop.payments import asking, repaying
from shop.payments.closing import settle_or_close
from shop.payments.models import Notification, Payment, Repayment
from shop.payments.refunding import refund
from tests.factories.payments import unpaid_order

pytestmark = pytest.mark.django_db
NOTIFY = "/payments/notify/alipay/"
FORM = "application/x-www-form-urlencoded"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"


def chosen(client: Client, order, agent: str = "Mozilla/5.0") -> tuple[Payment, object]:
    """Choose Alipay on the page and return the payment and what the page leads to."""
    client.post(f"/shop/pay/{order.token}/", {"way": "alipay"}, headers={"User-Agent": agent})
    answer = client.get(f"/shop/pay/{order.token}/", headers={"User-Agent": agent})
    assert answer.status_code == 200
    return Payment.objects.get(due__order=order, gateway="alipay"), answer.context["step"]


def tell(client: Client, body: bytes):
    return client.post(NOTIFY, body, content_type=FORM)


def state(order) -> str:
    order.refresh_from_db()
    return order.state


@pytest.fixture
def bought(client, alipay_gateway):
    """An order whose buyer is on Alipay's page."""
    order = unpaid_order(at=timezone.now())
    payment, step = chosen(client, order)
    alipay_gateway.opened(step.facts["url"])
    return order, payment


def test_its_page_is_asked_for_the_sum_and_its_notification_pays(client, alipay_gateway) -> None:
    order = unpaid_order(at=timezone.now())
    payment, step = chosen(client, order)
    asked = alipay_gateway.opened(step.facts["url"])
    assert (asked["method"], asked["total_amount"]) == ("alipay.trade.page.pay", "125.40")
    assert asked["product_code"] == "FAST_INSTANT_TRADE_PAY" and asked["time_expire"]
    alipay_gateway.pay(payment.number)
    answer = tell(client, alipay_gateway.notification(payment.number))
    assert (answer.status_code, answer.content) == (200, b"success")
    assert state(order) == "to_send"
    answer = tell(client, alipay_gateway.notification(payment.number))
    assert (answer.content, Notification.objects.first().outcome) == (b"success", "again")


def test_on_a_phone_its_app_is_asked_for(client, alipay_gateway) -> None:
    _payment, step = chosen(client, unpaid_order(at=timezone.now()), PHONE)
    asked = alipay_gateway.opened(step.facts["url"])
    assert (asked["method"], asked["product_code"]) == ("alipay.trade.wap.pay", "QUICK_WAP_WAY")


def test_inside_wechat_the_page_says_how_to_get_out(client, alipay_gateway) -> None:
    order = unpaid_order(at=timezone.now())
    _payment, step = chosen(client, order, PHONE + " MicroMessenger/8.0.50")
    assert step.kind == "outside"
    text = client.get(
        f"/shop/pay/{order.token}/", headers={"User-Agent": PHONE + " MicroMessenger/8.0.50"}
    ).content.decode()
    assert f"/shop/pay/{order.token}/" in text and "openapi" not in text


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"app_id": "1"}, 401), ({"seller_id": "1"}, 401), ({"total_amount": "0.01"}, 409),
        ({"out_trade_no": "P1"}, 404), ({"notify_time": "yesterday"}, 401), ({"total_amount": "free"}, 200),
    ],
)  # fmt: skip
def test_what_is_signed_but_not_for_us_pays_nothing(wrong, status, client, alipay_gateway, bought) -> None:
    order, payment = bought
    alipay_gateway.pay(payment.number)
    answer = tell(client, alipay_gateway.notification(payment.number, **wrong))
    assert answer.status_code == status
    assert state(order) == "unpaid"


def test_forged_old_or_empty_notifications_are_refused(client, alipay_gateway, bought) -> None:
    order, payment = bought
    alipay_gateway.pay(payment.number)
    good = alipay_gateway.notification(payment.number)
    old = alipay_gateway.notification(payment.number, age=timedelta(hours=27))
    for body in (
        good.replace(b"125.40", b"0.01"), good.replace(b"sign=", b"sin="), good + b"&extra=1", old, b"",
        good.replace(b"RSA2", b"RSA"), b"sign=%00&app_id=1", good.replace(b"sign=", b"sign=xx"),
    ):  # fmt: skip
        answer = tell(client, body)
        assert (answer.status_code, answer.content) == (401, b"failure")
    assert state(order) == "unpaid"
    assert set(Notification.objects.values_list("outcome", flat=True)) == {"refused"}


def test_a_word_that_nobody_paid_yet_changes_nothing(client, alipay_gateway, bought) -> None:
    order, payment = bought
    assert tell(client, alipay_gateway.notification(payment.number)).content == b"success"
    alipay_gateway.pay(payment.number)
    tell(client, alipay_gateway.notification(payment.number))
    # the word that it waits, late
    tell(client, alipay_gateway.notification(payment.number, trade_status="WAIT_BUYER_PAY"))
    tell(client, alipay_gateway.notification(payment.number, trade_status="TRADE_CLOSED"))
    payment.refresh_from_db()
    assert (payment.state, state(order)) == ("paid", "to_send")


def test_a_lost_notification_is_recovered_by_asking(client, alipay_gateway, bought) -> None:
    order, payment = bought
    alipay_gateway.pay(payment.number)
    assert asking.recover(at=timezone.now() + timedelta(minutes=2)) == 1
    assert state(order) == "to_send"


def test_what_alipay_never_heard_of_is_closed(client, alipay_gateway) -> None:
    now = timezone.now()
    order = unpaid_order(at=now)
    payment, _step = chosen(client, order)
    assert asking.recover(at=now + timedelta(minutes=2)) == 0
    assert settle_or_close(order=order, at=now) is True
    payment.refresh_from_db()
    assert payment.state == "closed"


def test_a_refund_is_asked_for_once_and_a_notification_of_it_is_understood(
    client, alipay_gateway, bought, django_capture_on_commit_callbacks
) -> None:
    order, payment = bought
    alipay_gateway.pay(payment.number)
    tell(client, alipay_gateway.notification(payment.number))
    with django_capture_on_commit_callbacks(execute=True):
        made = refund(
            order=order, lines={order.lines.get(): 2}, freight=Decimal("6.00"), reason="没货了",
            at=timezone.now(), by=None,
        )  # fmt: skip
    part = Repayment.objects.get()
    made.refresh_from_db()
    assert (part.state, made.amount, made.freight) == ("done", Decimal("85.60"), Decimal("6.00"))
    assert made.done_at
    sent = alipay_gateway.refunds[part.number]
    assert (sent["refund_amount"], sent["out_request_no"]) == ("85.60", part.number)
    told = alipay_gateway.notification(
        payment.number, out_biz_no=part.number, refund_fee="85.60", gmt_refund="2026-11-23 21:00:00"
    )
    assert tell(client, told).content == b"success"
    assert Notification.objects.first().outcome == "again"


def test_an_answer_without_a_signature_is_not_believed(client, alipay_gateway, bought, gateway_keys) -> None:
    order, payment = bought
    alipay_gateway.pay(payment.number)
    alipay_gateway._platform = gateway_keys[0].private  # somebody between us
    assert asking.recover(at=timezone.now() + timedelta(minutes=2)) == 0
    assert state(order) == "unpaid"


def test_a_refund_whose_answer_was_lost_is_found_done(client, alipay_gateway, bought) -> None:
    order, payment = bought
    now = timezone.now()
    alipay_gateway.pay(payment.number)
    tell(client, alipay_gateway.notification(payment.number))
    refund(order=order, lines={order.lines.get(): 1}, reason="没货了", at=now, by=None)
    part = Repayment.objects.select_related("payment", "refund").get()
    alipay_gateway.refunds[part.number] = {}  # it was done, and we did not hear
    repaying.send(repayment=part, at=now)
    part.refresh_from_db()
    assert part.state == "sent"
    repaying.send(repayment=Repayment.objects.get(), at=now + timedelta(minutes=5))
    part.refresh_from_db()
    assert part.state == "done"
