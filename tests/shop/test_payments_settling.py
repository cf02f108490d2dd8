"""Money becomes paid once, whoever tells of it, however often, in whatever order."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from shop.ordering.states import advance
from shop.payments.choosing import NothingOwed, choose_way, due_now
from shop.payments.gateways import UnknownWay
from shop.payments.models import Due, PayingTerms, Payment, Refund, Repayment
from shop.payments.settling import AnotherTrade, Outcome, WrongAmount, settle
from tests.factories.payments import begun, paid_order, unpaid_order

NOW = timezone.now()


def told(payment: Payment, trade_no: str = "T1", amount: Decimal | None = None) -> Outcome:
    return settle(payment=payment, trade_no=trade_no, amount=amount or payment.amount, at=NOW)


@pytest.mark.django_db
def test_a_paid_order_goes_to_be_sent_and_its_sellers_have_it() -> None:
    order = unpaid_order(at=NOW)
    assert told(begun(order, at=NOW)) == Outcome.PAID
    order.refresh_from_db()
    assert (order.state, order.paid_at) == ("to_send", NOW)
    assert order.dues.get().paid_at == NOW
    assert order.consignments.count() == 1


@pytest.mark.django_db
def test_the_same_news_again_changes_nothing() -> None:
    order = unpaid_order(at=NOW)
    payment = begun(order, at=NOW)
    told(payment)
    assert told(payment) == Outcome.AGAIN
    assert order.status_changes.count() == 1
    with pytest.raises(AnotherTrade):
        told(payment, "T2")
    assert Refund.objects.count() == 0


@pytest.mark.django_db
def test_another_sum_than_was_asked_settles_nothing() -> None:
    order = unpaid_order(at=NOW)
    payment = begun(order, at=NOW)
    with pytest.raises(WrongAmount):
        told(payment, amount=Decimal("0.01"))
    payment.refresh_from_db()
    order.refresh_from_db()
    assert (payment.state, payment.trade_no, order.state) == ("open", "", "unpaid")


@pytest.mark.django_db
def test_paid_in_two_ways_the_second_goes_back(django_capture_on_commit_callbacks) -> None:
    order = unpaid_order(at=NOW)
    PayingTerms.objects.create(region=order.region, account="6222", holder="潞城特产馆", bank="农行")
    first, second = begun(order, at=NOW), begun(order, at=NOW, way="transfer")
    assert told(second) == Outcome.PAID
    with django_capture_on_commit_callbacks(execute=True):
        assert told(first, "T2") == Outcome.SURPLUS
    refund = Refund.objects.get()
    assert (refund.kind, refund.amount, refund.done_at is not None) == ("surplus", first.amount, True)
    assert not refund.lines.exists()
    order.refresh_from_db()
    assert order.state == "to_send"


@pytest.mark.django_db
def test_paid_after_the_order_was_cancelled_goes_back(django_capture_on_commit_callbacks) -> None:
    order = unpaid_order(at=NOW)
    payment = begun(order, at=NOW)
    advance(order, "cancelled", at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert told(payment) == Outcome.SURPLUS
    order.refresh_from_db()
    assert (order.state, order.paid_at) == ("cancelled", None)
    assert Repayment.objects.get().state == "done"
    assert told(payment) == Outcome.AGAIN
    assert Refund.objects.count() == 1


@pytest.mark.django_db
def test_money_for_a_payment_that_was_closed_meanwhile_still_counts() -> None:
    order = unpaid_order(at=NOW)
    payment = begun(order, at=NOW)
    Payment.objects.filter(pk=payment.pk).update(state="closed", closed_at=NOW)
    assert told(payment) == Outcome.PAID
    order.refresh_from_db()
    assert order.state == "to_send"


@pytest.mark.django_db
def test_deposit_first_then_the_harvest_then_the_balance(monkeypatch) -> None:
    monkeypatch.setattr("shop.presale.booking.confirm", lambda *, order, at: None)
    order = unpaid_order(at=NOW)
    order.kind = "presale"
    order.save()
    order.dues.all().delete()
    Due.objects.create(order=order, kind="deposit", amount=Decimal("20.00"))
    balance = Due.objects.create(
        order=order, kind="balance", amount=order.total_incl_tax - 20, opens_at=NOW + timedelta(days=30)
    )
    early = Payment.objects.create(
        due=balance, gateway="sandbox", number="P-early", amount=balance.amount, opened_at=NOW
    )
    assert told(early, "T0") == Outcome.SURPLUS  # a balance without its deposit
    assert told(begun(order, at=NOW)) == Outcome.PAID
    order.refresh_from_db()
    assert (order.state, order.paid_at) == ("reserved", None)
    with pytest.raises(NothingOwed):
        choose_way(order=order, way="sandbox", at=NOW)
    later = NOW + timedelta(days=31)
    assert told(begun(order, at=later), "T9") == Outcome.PAID
    order.refresh_from_db()
    assert (order.state, order.paid_at) == ("to_send", NOW)
    assert due_now(order, at=later) is None


@pytest.mark.django_db
def test_cash_on_delivery_goes_at_once_and_owes_until_the_money_is_there() -> None:
    order = unpaid_order(at=NOW)
    PayingTerms.objects.create(region=order.region, on_delivery=True, on_delivery_most=Decimal("500"))
    payment = begun(order, at=NOW, way="on_delivery")
    order.refresh_from_db()
    assert (order.state, order.pay_until, order.paid_at) == ("to_send", None, None)
    assert begun(order, at=NOW, way="on_delivery") == payment
    assert told(payment) == Outcome.PAID
    order.refresh_from_db()
    assert (order.state, order.paid_at) == ("to_send", NOW)


@pytest.mark.django_db
def test_ways_that_the_county_does_not_take_are_refused() -> None:
    order = unpaid_order(at=NOW)
    PayingTerms.objects.create(region=order.region, on_delivery=True, on_delivery_most=Decimal("1"))
    for way in ("on_delivery", "transfer", "wechat", "gold", ""):
        with pytest.raises(UnknownWay):
            choose_way(order=order, way=way, at=NOW)
    order.refresh_from_db()
    assert order.state == "unpaid" and not Payment.objects.exists()


@pytest.mark.django_db
def test_a_transfer_keeps_the_goods_for_days() -> None:
    order = unpaid_order(at=NOW)
    PayingTerms.objects.create(region=order.region, account="6222", transfer_days=3)
    begun(order, at=NOW, way="transfer")
    order.refresh_from_db()
    assert order.pay_until == NOW + timedelta(days=3)


@pytest.mark.django_db
def test_an_order_that_costs_nothing_needs_no_payment() -> None:
    order = unpaid_order(at=NOW)
    order.dues.update(amount=0)
    assert choose_way(order=order, way="sandbox", at=NOW) is None
    order.refresh_from_db()
    assert order.state == "to_send" and not Payment.objects.exists()


@pytest.mark.django_db
def test_the_same_choice_gives_the_same_payment() -> None:
    order = unpaid_order(at=NOW)
    assert begun(order, at=NOW) == begun(order, at=NOW + timedelta(minutes=1))
    with pytest.raises(NothingOwed):
        choose_way(order=paid_order(at=NOW), way="sandbox", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_eight_notifications_at_once_settle_once() -> None:
    order = unpaid_order(at=NOW)
    payment = begun(order, at=NOW)
    start, outcomes = Barrier(8), []

    def tell() -> None:
        start.wait()
        try:
            outcomes.append(told(Payment.objects.select_related("due").get(pk=payment.pk)))
        finally:
            connections.close_all()

    threads = [Thread(target=tell) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["again"] * 7 + ["paid"]
    order.refresh_from_db()
    assert order.state == "to_send" and order.status_changes.count() == 1
    assert order.consignments.count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}


@pytest.mark.django_db(transaction=True)
def test_two_ways_paid_at_once_meet_the_order_once_and_one_goes_back() -> None:
    order = unpaid_order(at=NOW)
    PayingTerms.objects.create(region=order.region, account="6222")
    pair = [begun(order, at=NOW), begun(order, at=NOW, way="transfer")]
    start, outcomes = Barrier(2), []

    def tell(payment: Payment) -> None:
        start.wait()
        try:
            outcomes.append(told(Payment.objects.select_related("due").get(pk=payment.pk), f"T{payment.pk}"))
        finally:
            connections.close_all()

    threads = [Thread(target=tell, args=[payment]) for payment in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["paid", "surplus"]
    assert Refund.objects.get().amount == order.dues.get().amount


@pytest.mark.django_db
def test_what_was_paid_meanwhile_is_not_collected_at_the_door() -> None:
    order = unpaid_order(at=NOW)
    PayingTerms.objects.create(region=order.region, on_delivery=True, on_delivery_most=Decimal("500"))
    online, cash = begun(order, at=NOW), begun(order, at=NOW, way="on_delivery")
    assert told(online) == Outcome.PAID
    cash.refresh_from_db()
    assert cash.state == "closed"
    assert order.dues.get().paid_at == NOW
