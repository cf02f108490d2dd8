"""WeChat Pay v3 over real HTTP with real signatures: every form, notification, question, refund."""

import json
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.utils import timezone

from shop.ordering.states import advance
from shop.payments import asking, repaying
from shop.payments.closing import settle_or_close
from shop.payments.models import Notification, Payment, Refund, Repayment
from shop.payments.refunding import refund
from tests.factories.payments import begun, paid_order, unpaid_order
from tests.gateways.server import Reply, Server

pytestmark = pytest.mark.django_db
NOTIFY = "/payments/notify/wechat/"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
IN_WECHAT = PHONE + " MicroMessenger/8.0.50"
DESK = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120"


def page(client: Client, order, agent: str = DESK):
    return client.get(f"/shop/pay/{order.token}/", headers={"User-Agent": agent})


def chosen(client: Client, order, agent: str = DESK) -> Payment:
    """Choose WeChat on the page, open the page, return the payment."""
    client.post(f"/shop/pay/{order.token}/", {"way": "wechat"}, headers={"User-Agent": agent})
    assert page(client, order, agent).status_code == 200
    return Payment.objects.get(due__order=order, gateway="wechat")


def tell(client: Client, body: bytes, headers: dict[str, str]):
    return client.post(NOTIFY, body, content_type="application/json", headers=headers)


def state(order) -> str:
    order.refresh_from_db()
    return order.state


def test_on_a_desk_a_code_is_shown_and_the_notification_pays(client, wechat_pay) -> None:
    order = unpaid_order(at=timezone.now())
    payment = chosen(client, order)
    asked = wechat_pay.trades[payment.number]["asked"]
    assert asked["amount"] == {"total": 12540, "currency": "CNY"}
    assert asked["notify_url"].endswith(NOTIFY) and order.number in asked["description"]
    assert asked["time_expire"].endswith("+08:00")
    assert b"<svg" in page(client, order).content
    assert len([each for each in wechat_pay.server.asked if each.path.endswith("native")]) == 1
    answer = tell(client, *wechat_pay.notification(wechat_pay.pay(payment.number)))
    assert (answer.status_code, json.loads(answer.content)) == (200, {"code": "SUCCESS"})
    assert state(order) == "to_send"
    assert Notification.objects.get().outcome == "taken"
    assert page(client, order).status_code == 302


def test_on_a_phone_its_page_leads_to_wechat(client, wechat_pay) -> None:
    order = unpaid_order(at=timezone.now())
    payment = chosen(client, order, PHONE)
    asked = wechat_pay.trades[payment.number]["asked"]
    assert asked["scene_info"]["h5_info"] == {"type": "Wap"}
    text = page(client, order, PHONE).content.decode()
    assert "https://wx.tenpay.com/" in text and "redirect_url=http" in text


def test_inside_wechat_the_openid_is_fetched_and_its_window_called(client, wechat_pay, settings) -> None:
    asked: list[str] = []

    def token(request) -> Reply:
        asked.append(request.path)
        return Reply(200, json.dumps({"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}).encode())

    server = Server(token)
    settings.WECHAT_PAY = settings.WECHAT_PAY | {"token_url": server.url + "/sns/oauth2/access_token"}
    order = unpaid_order(at=timezone.now())
    payment = chosen(client, order, IN_WECHAT)
    assert payment.form == "jsapi" and not wechat_pay.trades
    text = page(client, order, IN_WECHAT).content.decode()
    assert "open.weixin.qq.com" in text and "snsapi_base" in text and "#wechat_redirect" in text
    client.get(f"/shop/pay/wechat/openid/?code=C1&state={payment.number}", headers={"User-Agent": IN_WECHAT})
    server.close()
    assert parse_qs(urlsplit(asked[0]).query)["code"] == ["C1"]
    assert wechat_pay.trades[payment.number]["asked"]["payer"]["openid"].startswith("oUpF8")
    payment.refresh_from_db()
    assert "oUpF8" not in json.dumps(payment.given)
    context = page(client, order, IN_WECHAT).context["step"].facts["call"]
    call = json.loads(context)
    said = f"{call['appId']}\n{call['timeStamp']}\n{call['nonceStr']}\n{call['package']}\n".encode()
    from base64 import b64decode

    wechat_pay._merchant.verify(b64decode(call["paySign"]), said, PKCS1v15(), SHA256())
    assert call["package"] == f"prepay_id=wx{payment.number}"


def test_a_replayed_notification_changes_nothing(client, wechat_pay) -> None:
    order = unpaid_order(at=timezone.now())
    payment = chosen(client, order)
    body, headers = wechat_pay.notification(wechat_pay.pay(payment.number))
    assert [tell(client, body, headers).status_code for _ in range(3)] == [200, 200, 200]
    assert list(Notification.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "taken", "again", "again",
    ]  # fmt: skip
    assert order.status_changes.count() == 1 and not Refund.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ("key", 401), ("serial", 401), ("old", 401), ("future", 401), ("body", 401), ("no_signature", 401),
        ("merchant", 401), ("app", 401), ("amount", 409), ("number", 404), ("nonsense", 401), ("empty", 401),
        ("timestamp", 401), ("algorithm", 400),
    ],
)  # fmt: skip
def test_what_is_wrong_is_kept_with_its_reason_and_pays_nothing(
    wrong, status, client, wechat_pay, gateway_keys
) -> None:
    order = unpaid_order(at=timezone.now())
    trade = dict(wechat_pay.pay(chosen(client, order).number))
    trade |= {
        "merchant": {"mchid": "1"}, "app": {"appid": "wx1"}, "number": {"out_trade_no": "P1"},
        "amount": {"amount": {"total": 1, "currency": "CNY"}},
    }.get(wrong, {})  # fmt: skip
    how = {
        "key": {"key": gateway_keys[0].private}, "serial": {"serial": "PUB_KEY_ID_0"},
        "old": {"age": 301}, "future": {"age": -400},
    }.get(wrong, {})  # fmt: skip
    body, headers = wechat_pay.notification(trade, **how)
    body = {"body": body.replace(b"\xe6", b"\xe7", 1), "nonsense": b"{\x00", "empty": b""}.get(wrong, body)
    if wrong == "no_signature":
        headers["Wechatpay-Signature"] = "WECHATPAY/SIGNTEST/xyz"
    if wrong == "timestamp":
        headers["Wechatpay-Timestamp"] = "now"
    if wrong == "algorithm":
        headers["Wechatpay-Signature-Type"] = "RSA1"
    assert tell(client, body, headers).status_code == status
    assert state(order) == "unpaid" and order.dues.get().paid_at is None
    kept = Notification.objects.get()
    assert kept.outcome == "refused" and kept.why


def test_a_lost_notification_is_recovered_by_asking(client, wechat_pay) -> None:
    order = unpaid_order(at=timezone.now())
    payment = chosen(client, order)
    later = timezone.now() + timedelta(minutes=2)
    assert asking.recover(at=later) == 0
    wechat_pay.pay(payment.number)
    assert asking.recover(at=later) == 0  # asked a moment ago
    assert asking.recover(at=later + timedelta(minutes=2)) == 1
    assert state(order) == "to_send"
    tell(client, *wechat_pay.notification(wechat_pay.trades[payment.number]))
    assert Notification.objects.get().outcome == "again"


def test_the_page_itself_hears_that_it_is_paid(client, wechat_pay) -> None:
    order = unpaid_order(at=timezone.now())
    payment = chosen(client, order)
    wechat_pay.pay(payment.number)
    assert client.get(f"/shop/pay/{order.token}/state/").json() == {"paid": True}
    assert state(order) == "to_send"


def test_before_an_order_is_cancelled_its_payment_is_asked_for_and_closed(client, wechat_pay) -> None:
    now = timezone.now()
    first, second = unpaid_order(at=now), unpaid_order(at=now)
    paid, left = chosen(client, first), chosen(client, second)
    wechat_pay.pay(paid.number)
    assert settle_or_close(order=first, at=now) is False
    assert state(first) == "to_send"
    assert settle_or_close(order=second, at=now) is True
    assert wechat_pay.trades[left.number]["trade_state"] == "CLOSED"
    left.refresh_from_db()
    assert (left.state, state(second)) == ("closed", "unpaid")


def test_while_wechat_is_down_nothing_is_lost_and_the_page_says_so(client, wechat_pay) -> None:
    now = timezone.now()
    order, waiting = unpaid_order(at=now), unpaid_order(at=now)
    chosen(client, order)
    wechat_pay.server.down = True
    assert settle_or_close(order=order, at=now) is False
    client.post(f"/shop/pay/{waiting.token}/", {"way": "wechat"})
    assert page(client, waiting).status_code == 503
    assert settle_or_close(order=order, at=now + timedelta(hours=3)) is True
    wechat_pay.server.down = False
    assert page(client, waiting).status_code == 200


def test_a_refund_goes_in_parts_and_is_done_when_wechat_says_so(
    client, wechat_pay, django_capture_on_commit_callbacks
) -> None:
    now = timezone.now()
    order = unpaid_order(at=now)
    payment = chosen(client, order)
    tell(client, *wechat_pay.notification(wechat_pay.pay(payment.number)))
    wechat_pay.refund_status = "PROCESSING"
    with django_capture_on_commit_callbacks(execute=True):
        made = refund(order=order, lines={order.lines.get(): 1}, reason="一把烂了", at=now, by=None)
    part = Repayment.objects.get()
    assert (part.state, made.amount) == ("sent", Decimal("39.80"))
    sent = wechat_pay.refunds[part.number]
    assert sent["amount"] == {"refund": 3980, "total": 12540, "currency": "CNY"}
    told = {
        "mchid": "1900000109", "out_trade_no": payment.number, "out_refund_no": part.number,
        "refund_id": sent["refund_id"], "refund_status": "SUCCESS", "amount": {"refund": 3980},
    }  # fmt: skip
    wrong = wechat_pay.notification(told | {"amount": {"refund": 1}}, event="REFUND.SUCCESS")
    assert tell(client, *wrong).status_code == 409
    notification = wechat_pay.notification(told, event="REFUND.SUCCESS")
    assert [tell(client, *notification).status_code for _ in range(2)] == [200, 200]
    made.refresh_from_db()
    part.refresh_from_db()
    assert made.done_at and part.state == "done" and part.trade_no == sent["refund_id"]
    # a late word that it failed does not take it back
    late = wechat_pay.notification(told | {"refund_status": "ABNORMAL"}, event="REFUND.ABNORMAL")
    tell(client, *late)
    part.refresh_from_db()
    assert part.state == "done"


def test_a_refund_asked_for_twice_is_paid_once_and_is_asked_about_again(client, wechat_pay) -> None:
    now = timezone.now()
    order = unpaid_order(at=now)
    payment = chosen(client, order)
    tell(client, *wechat_pay.notification(wechat_pay.pay(payment.number)))
    refund(order=order, lines={order.lines.get(): 1}, reason="少一把", at=now, by=None)
    part = Repayment.objects.select_related("payment", "refund").get()
    wechat_pay.server.down = True
    repaying.send(repayment=part, at=now)
    part.refresh_from_db()
    assert (part.state, part.tries) == ("waiting", 1)
    wechat_pay.server.down = False
    assert repaying.overdue(at=now) == []
    later = now + timedelta(minutes=5)
    [again] = repaying.overdue(at=later)
    repaying.send(repayment=again, at=later)
    repaying.send(repayment=part, at=later)  # another worker that read it before
    assert len(wechat_pay.refunds) == 1
    part.refresh_from_db()
    assert part.state == "done"


def test_paid_after_the_order_was_cancelled_goes_back_through_wechat(
    client, wechat_pay, django_capture_on_commit_callbacks
) -> None:
    order = unpaid_order(at=timezone.now())
    payment = chosen(client, order)
    advance(order, "cancelled", at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        tell(client, *wechat_pay.notification(wechat_pay.pay(payment.number)))
    [given_back] = wechat_pay.refunds.values()
    assert given_back["amount"]["refund"] == 12540
    assert Refund.objects.get().done_at and state(order) == "cancelled"


def test_notifications_find_no_door_where_nothing_is_set_up(client) -> None:
    assert client.post(NOTIFY, b"{}", content_type="application/json").status_code == 404
    assert client.post("/payments/notify/transfer/").status_code == 404
    assert client.post("/payments/notify/gold/").status_code == 404
    assert client.get(NOTIFY).status_code == 405
    assert not Notification.objects.exists()


def test_a_paid_order_has_nothing_to_choose(client) -> None:
    order = paid_order(at=timezone.now())
    assert page(client, order).status_code == 302
    assert client.post(f"/shop/pay/{order.token}/", {"way": "sandbox"}).status_code == 302
    assert begun_payments(order) == 1


def begun_payments(order) -> int:
    return Payment.objects.filter(due__order=order).count()


def test_a_tampered_way_or_sum_is_nothing(client) -> None:
    order = unpaid_order(at=timezone.now())
    client.post(f"/shop/pay/{order.token}/", {"way": "gold", "amount": "0.01"})
    assert begun_payments(order) == 0
    client.post(f"/shop/pay/{order.token}/", {"way": "sandbox", "amount": "0.01"})
    assert Payment.objects.get().amount == order.total_incl_tax
    assert begun(order, at=timezone.now()).amount == order.total_incl_tax
    assert client.get("/shop/pay/nothing-of-this-name/").status_code == 404
