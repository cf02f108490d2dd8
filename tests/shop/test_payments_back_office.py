"""Payments in the back office: money an officer saw, money back, books that say what does not agree."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.groups import sync_roles
from accounts.models import User
from shop.partner.models import StockRecord
from shop.payments.models import Notification, PayingTerms, Payment, Refund, Repayment
from shop.payments.reconciling import days, differences
from shop.payments.refunding import refund
from shop.payments.repaying import fail
from shop.payments.settling import settle
from tests.factories.accounts import UserFactory, person
from tests.factories.payments import begun, paid_order, unpaid_order

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def officer(client: Client) -> User:
    sync_roles()
    user = person("shop_operator")
    client.force_login(user)
    return user


def transfer(at=NOW) -> Payment:
    order = unpaid_order(at=at)
    PayingTerms.objects.get_or_create(region=order.region, defaults={"account": "6228", "holder": "协会"})
    return begun(order, at=at, way="transfer")


def confirm(client: Client, payment: Payment, amount: str, reference: str = "20261123-17"):
    return client.post(
        f"/cms/shop-payments/{payment.pk}/confirm/",
        {"confirm-amount": amount, "confirm-reference": reference},
    )


def test_the_officer_confirms_a_transfer_and_the_order_goes_on(client, officer) -> None:
    payment = transfer()
    assert client.get(f"/cms/shop-payments/{payment.pk}/").status_code == 200
    assert confirm(client, payment, "125.40").status_code == 302
    payment.refresh_from_db()
    assert (payment.state, payment.trade_no, payment.by) == ("paid", "20261123-17", officer)
    assert payment.due.order.state == "to_send"
    again = confirm(client, payment, "125.40")
    assert again.status_code == 400 and Refund.objects.count() == 0


def test_another_sum_or_a_reference_used_before_is_refused_with_words(client, officer) -> None:
    first, second = transfer(), transfer()
    answer = confirm(client, first, "100.00")
    assert answer.status_code == 400 and "100.00" in answer.content.decode()
    confirm(client, first, "125.40")
    assert confirm(client, second, "125.40").status_code == 400
    second.refresh_from_db()
    assert (second.state, second.due.order.state) == ("open", "unpaid")


def test_without_the_right_nobody_confirms(client) -> None:
    payment = transfer()
    assert confirm(client, payment, "125.40").status_code == 302
    client.force_login(UserFactory())
    assert confirm(client, payment, "125.40").status_code in {302, 403}
    payment.refresh_from_db()
    assert payment.state == "open"


def test_what_a_gateway_tells_is_not_confirmed_by_hand(client, officer) -> None:
    payment = begun(unpaid_order(at=NOW), at=NOW)
    assert confirm(client, payment, "125.40").status_code == 400
    payment.refresh_from_db()
    assert payment.state == "open"


def test_a_transfer_goes_back_by_hand(client, officer) -> None:
    payment = transfer()
    settle(payment=payment, trade_no="E1", amount=payment.amount, at=NOW)
    made = refund(
        order=payment.due.order, lines={payment.due.order.lines.get(): 1}, reason="坏了", at=NOW, by=None
    )
    part = Repayment.objects.get()
    assert part.state == "waiting"
    assert [each.name for each in differences(at=NOW)] == ["by_hand"]
    page = f"/cms/shop-repayments/{part.pk}/"
    assert client.get(page).status_code == 200
    client.post(page + "given_back/", {"given_back-reference": "E2"})
    made.refresh_from_db()
    part.refresh_from_db()
    assert (part.state, part.trade_no, part.by) == ("done", "E2", officer)
    assert made.done_at and differences(at=NOW) == []
    assert client.post(page + "given_back/", {"given_back-reference": "E3"}).status_code == 400


def test_what_a_gateway_refused_is_tried_again(client, officer) -> None:
    order = paid_order(at=NOW)
    refund(order=order, lines={order.lines.get(): 1}, reason="坏了", at=NOW, by=None)
    part = Repayment.objects.get()
    fail(repayment=part, why="余额不足")
    assert [each.name for each in differences(at=NOW)] == ["failed"]
    client.post(f"/cms/shop-repayments/{part.pk}/again/")
    part.refresh_from_db()
    assert (part.state, part.note) == ("done", "")


def test_the_officer_gives_back_and_takes_out(client, officer) -> None:
    order = paid_order(at=NOW)
    line = order.lines.get()
    page = f"/cms/shop-repayments/orders/{order.pk}/"
    assert client.get(page).status_code == 200
    client.post(page + "withdraw/", {f"withdraw-line_{line.pk}": 1, "withdraw-reason": "少一把"})
    line.refresh_from_db()
    assert (line.withdrawn_quantity, StockRecord.objects.get().num_allocated) == (1, 2)
    client.post(
        page + "refund/",
        {f"refund-line_{line.pk}": 1, "refund-reason": "烂了", "refund-freight": "6.00"},
    )
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [Decimal("39.80"), Decimal("45.80")]
    for wrong in ({"refund-freight": "1"}, {f"refund-line_{line.pk}": 9}, {f"refund-line_{line.pk}": -1}, {}):
        assert client.post(page + "refund/", {"refund-reason": "?", **wrong}).status_code == 400
    assert Refund.objects.count() == 2
    assert client.get(page + "refund/").status_code == 302


def test_the_books_have_every_day_and_what_to_look_at(client, officer, django_assert_max_num_queries) -> None:
    paid_order(at=NOW)
    old = transfer(at=NOW - timedelta(days=2))
    Notification.objects.create(
        gateway="transfer", outcome="refused", why="1 instead of 2", payment=old, received_at=NOW
    )
    twice = transfer()
    settle(payment=begun(twice.due.order, at=NOW), trade_no="S1", amount=twice.amount, at=NOW)
    settle(payment=twice, trade_no="E9", amount=twice.amount, at=NOW)
    names = {each.name for each in differences(at=NOW)}
    assert names == {"wrong_sum", "transfers", "by_hand"}
    today = timezone.localdate(NOW)
    with django_assert_max_num_queries(2):
        rows = {row.gateway: row for row in days(first=today, last=today)}
    assert (rows["sandbox"].paid, rows["transfer"].paid) == (2, 1)
    assert rows["sandbox"].paid_sum == Decimal("250.80")
    page = client.get("/cms/shop-books/").content.decode()
    assert "250.80" in page and old.due.order.number in page
    assert client.get("/cms/shop-books/?first=nonsense&region=x").status_code == 200


def test_lists_open_for_the_officer_and_stay_shut_for_others(client, officer) -> None:
    transfer()
    pages = ("payments", "repayments", "books", "notifications", "paying-terms")
    for page in pages:
        assert client.get(f"/cms/shop-{page}/").status_code == 200
    assert client.get("/cms/shop-payments/?export=xlsx").status_code == 200
    client.force_login(person("editor"))
    for page in pages:
        assert client.get(f"/cms/shop-{page}/").status_code in {302, 403}
