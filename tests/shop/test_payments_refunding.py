"""What goes back is decided once, never more than came in, and stock follows only what is taken out."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shop.ordering.cancelling import NotCancellable, cancel_order
from shop.ordering.withdrawing import NotWithdrawable, unsent, withdraw_lines
from shop.partner.models import StockRecord
from shop.payments.models import Payment, Refund, RefundLine, Repayment
from shop.payments.refunding import (
    NotRefundable,
    freight_left,
    give_back_rest,
    refund,
    refundable,
    share,
)
from shop.payments.settling import settle
from tests.factories.orders import order_of
from tests.factories.payments import begun, paid_order, unpaid_order
from tests.factories.shop import ArticleFactory

NOW = timezone.now()
CENT = Decimal("0.01")


def back(order, lines, **more) -> Refund:
    return refund(order=order, lines=lines, reason="坏了", at=NOW, by=None, **more)


def paid_with_odd_cents():
    """An order of seven pieces at ¥100.00 after a promotion: no piece has a whole number of cents."""
    order = paid_order(at=NOW, pieces=7, price="20.00")
    line = order.lines.get()
    line.line_price_incl_tax = line.line_price_excl_tax = Decimal("100.00")
    line.save()
    order.total_incl_tax = order.total_excl_tax = Decimal("106.00")
    order.save()
    order.dues.update(amount=Decimal("106.00"))
    Payment.objects.update(amount=Decimal("106.00"))
    return order


@pytest.mark.django_db
def test_pieces_go_back_with_what_they_were_paid_with_to_the_last_cent() -> None:
    order = paid_with_odd_cents()
    line = order.lines.get()
    sums = [back(order, {line: units}).amount for units in (1, 1, 2, 3)]
    assert sum(sums) == Decimal("100.00")
    assert sums[0] == Decimal("14.29")
    with pytest.raises(NotRefundable):
        back(order, {line: 1})
    assert back(order, {}, freight=Decimal("6.00")).amount == Decimal("6.00")
    assert Payment.objects.get().refunded == Decimal("106.00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("units", "more"),
    [
        (4, {}), (-1, {}), (0, {}), (1, {"amount": Decimal("200")}), (1, {"amount": Decimal("-1")}),
        (1, {"freight": Decimal("6.01")}), (1, {"freight": Decimal("-0.01")}),
    ],
)  # fmt: skip
def test_more_than_there_is_does_not_go_back_and_nothing_changes(units, more) -> None:
    order = paid_order(at=NOW)
    with pytest.raises(NotRefundable):
        back(order, {order.lines.get(): units}, **more)
    assert not Refund.objects.exists() and not RefundLine.objects.exists()
    assert order.lines.get().refunded_quantity == 0 and Payment.objects.get().refunded == 0


@pytest.mark.django_db
def test_lines_of_another_order_and_orders_without_money_give_nothing_back() -> None:
    order, other, unpaid = paid_order(at=NOW), paid_order(at=NOW), unpaid_order(at=NOW)
    with pytest.raises(NotRefundable):
        back(order, {other.lines.get(): 1})
    with pytest.raises(NotRefundable):
        back(unpaid, {unpaid.lines.get(): 1})
    assert give_back_rest(order=unpaid, reason="", at=NOW) is None
    assert not Refund.objects.exists() and unpaid.lines.get().refunded_quantity == 0


@pytest.mark.django_db
def test_money_for_a_spoilt_piece_leaves_the_pieces_with_the_buyer() -> None:
    order = paid_order(at=NOW)
    line = order.lines.get()
    made = back(order, {line: 0}, amount=Decimal("10.00"))
    line.refresh_from_db()
    assert (made.amount, line.refunded_quantity) == (Decimal("10.00"), 0)
    # later all of it goes back: what was given is taken off
    rest = back(order, {line: 3})
    assert rest.amount == Decimal("109.40")
    assert refundable(order) == {line: Decimal("0.00")}


@pytest.mark.django_db
def test_a_refund_of_deposit_and_balance_comes_out_of_both() -> None:
    order = paid_order(at=NOW)
    first = Payment.objects.get()
    half = Decimal("60.00")
    order.dues.update(kind="deposit", amount=half)
    Payment.objects.update(amount=half)
    due = order.dues.create(kind="balance", amount=order.total_incl_tax - half, paid_at=NOW)
    second = Payment.objects.create(
        due=due, gateway="sandbox", number="P2", amount=due.amount, state="paid", opened_at=NOW, paid_at=NOW
    )
    made = back(order, {order.lines.get(): 3})
    parts = {part.payment_id: part.amount for part in made.repayments.all()}
    assert parts == {second.pk: Decimal("65.40"), first.pk: Decimal("54.00")}


@pytest.mark.django_db
def test_cancelling_gives_back_everything_and_frees_the_stock(django_capture_on_commit_callbacks) -> None:
    order = paid_order(at=NOW)
    back(order, {order.lines.get(): 0}, amount=Decimal("5.00"))
    with django_capture_on_commit_callbacks(execute=True):
        cancel_order(order=order, reason="不要了", at=NOW)
    payment = Payment.objects.get()
    assert payment.refunded == payment.amount
    assert freight_left(order) == 0 and set(refundable(order).values()) == {Decimal("0.00")}
    assert StockRecord.objects.get().num_allocated == 0


@pytest.mark.django_db
def test_unsent_pieces_are_taken_out_their_money_goes_back_and_the_rest_is_sent() -> None:
    order = paid_order(at=NOW)
    line = order.lines.get()
    withdraw_lines(order=order, lines={line: 1}, reason="少一把", at=NOW, by=None)
    line.refresh_from_db()
    assert (line.withdrawn_quantity, line.refunded_quantity, unsent(line)) == (1, 1, 2)
    assert StockRecord.objects.get().num_allocated == 2
    assert Refund.objects.get().amount == Decimal("39.80")
    order.refresh_from_db()
    assert order.state == "to_send"
    for units in (2, 3, 0, -1):
        with pytest.raises(NotWithdrawable):
            withdraw_lines(order=order, lines={line: units}, reason="", at=NOW, by=None)
    assert Refund.objects.count() == 1 and StockRecord.objects.get().num_allocated == 2


@pytest.mark.django_db
def test_an_unpaid_order_is_not_taken_apart() -> None:
    order = unpaid_order(at=NOW)
    with pytest.raises(NotWithdrawable):
        withdraw_lines(order=order, lines={order.lines.get(): 1}, reason="", at=NOW, by=None)
    assert StockRecord.objects.get().num_allocated == 3


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_give_the_last_piece_back_once() -> None:
    order = paid_order(at=NOW, pieces=1)
    start, told = Barrier(2), []

    def give() -> None:
        start.wait()
        try:
            line = order.lines.get()
            told.append(back(order, {line: 1}).amount)
        except NotRefundable:
            told.append(None)
        finally:
            connections.close_all()

    threads = [Thread(target=give) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told, key=str) == [Decimal("39.80"), None]
    assert Payment.objects.get().refunded == Decimal("39.80")


steps = st.lists(
    st.tuples(
        st.sampled_from(["refund", "money", "freight", "withdraw", "cancel", "twice"]),
        st.integers(0, 1),
        st.integers(0, 4),
    ),
    max_size=8,
)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
@example([("money", 0, 1), ("cancel", 0, 0)])  # SQLite adds money as floats
def test_whatever_is_done_money_and_stock_agree_to_the_cent(done) -> None:
    article = ArticleFactory(stock__price=Decimal("33.33"))
    order = order_of((article, 4), at=NOW)
    settle(payment=begun(order, at=NOW), trade_no=f"T{order.pk}", amount=order.total_incl_tax, at=NOW)
    order.refresh_from_db()
    for verb, _which, number in done:
        line = order.lines.get()
        try:
            match verb:
                case "refund":
                    back(order, {line: number})
                case "money":
                    back(order, {line: 0}, amount=Decimal(number) * Decimal("3.33"))
                case "freight":
                    back(order, {}, freight=Decimal(number))
                case "withdraw":
                    withdraw_lines(order=order, lines={line: number}, reason="", at=NOW, by=None)
                case "cancel":
                    cancel_order(order=order, reason="不要了", at=NOW)
                case "twice":
                    settle(
                        payment=Payment.objects.filter(due__order=order).first(),
                        trade_no=f"T{order.pk}", amount=order.total_incl_tax, at=NOW,
                    )  # fmt: skip
        except (NotRefundable, NotWithdrawable, NotCancellable):
            pass
        order.refresh_from_db()
        _agree(order)


def _agree(order) -> None:
    """Refunds, their lines, repayments and payments say the same; stock is promised for what is unsent."""
    refunds = list(order.refunds.all())
    lines = sum(line.amount for each in refunds for line in each.lines.all())
    freight = sum(each.freight for each in refunds)
    parts = sum(part.amount for part in Repayment.objects.filter(refund__order=order))
    payments = Payment.objects.filter(due__order=order)
    assert sum(each.amount for each in refunds) == lines + freight == parts
    assert parts == sum(payment.refunded for payment in payments) <= order.total_incl_tax
    line = order.lines.get()
    counted = sum(part.quantity for part in RefundLine.objects.filter(line=line))
    assert line.refunded_quantity == counted <= line.quantity
    assert share(line, line.quantity - line.refunded_quantity) <= refundable(order)[line]
    promised = StockRecord.objects.get(pk=line.stockrecord_id).num_allocated
    cancelled = order.state == "cancelled"
    assert promised == (0 if cancelled else line.quantity - line.withdrawn_quantity)
    if cancelled:
        assert parts == order.total_incl_tax
