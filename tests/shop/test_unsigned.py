"""Whoever floods the addresses of gateways fills no table, and stops no genuine notification."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from shop.models import TrackingMessage
from shop.payments.models import Notification
from shop.unsigned import ALL, EACH
from tests.factories.payments import unpaid_order
from tests.shop.test_payments_wechat import NOTIFY, chosen, state, tell

pytestmark = pytest.mark.django_db


def flood(client: Client, *, times: int = EACH.allowed + 5, source: str = "203.0.113.9") -> set[int]:
    return {
        client.post(NOTIFY, b"{}", content_type="application/json", REMOTE_ADDR=source).status_code
        for _ in range(times)
    }


def test_of_one_source_only_so_many_unsigned_ones_are_kept_and_all_are_refused(client, wechat_pay) -> None:
    assert flood(client) == {401}
    assert Notification.objects.count() == EACH.allowed
    flood(client, source="203.0.113.10", times=1)
    assert Notification.objects.count() == EACH.allowed + 1


def test_a_genuine_one_from_the_same_source_is_taken_and_kept(client, wechat_pay) -> None:
    order = unpaid_order(at=timezone.now())
    payment = chosen(client, order)
    flood(client, source="127.0.0.1")
    wrong = dict(wechat_pay.pay(payment.number)) | {"amount": {"total": 1, "currency": "CNY"}}
    assert tell(client, *wechat_pay.notification(wrong)).status_code == 409
    answer = tell(client, *wechat_pay.notification(wechat_pay.pay(payment.number)))
    assert (answer.status_code, json.loads(answer.content)) == (200, {"code": "SUCCESS"})
    assert state(order) == "to_send"
    outcomes = list(Notification.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["refused"] * (EACH.allowed + 1) + ["taken"]


def test_many_sources_together_fill_no_table_either(client, wechat_pay) -> None:
    everybody = ALL.mark("", at=timezone.now())
    cache.set(ALL._key(everybody), ALL.allowed)
    assert flood(client, times=1) == {401}
    assert not Notification.objects.exists()


def test_no_address_is_kept(client, wechat_pay) -> None:
    flood(client, times=1)
    kept = Notification.objects.values().get()
    assert "203.0.113.9" not in json.dumps(kept, default=str)


def test_the_tracking_service_s_address_keeps_no_flood(client) -> None:
    for _ in range(EACH.allowed + 5):
        answer = client.post("/shop/tracking/push/", {"param": "{}", "sign": "x"}, REMOTE_ADDR="203.0.113.9")
        assert answer.status_code == 401
    assert TrackingMessage.objects.count() == EACH.allowed
