"""Order agriculture: never more than the cap, deposit and balance, delay, way out, cancelled harvest."""

from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.models import Notice
from shop.order.models import Order
from shop.ordering.cancelling import cancel_order, close_unpaid
from shop.ordering.placing import NotAll, NotPlaced
from shop.partner.models import StockRecord
from shop.payments.models import Due, Payment
from shop.presale.booking import FullyBooked, NotBookable, TermsNotAccepted, presale_in
from shop.presale.cancelling import cancel_presale
from shop.presale.closing import close_settled
from shop.presale.delaying import delay
from shop.presale.harvesting import open_balances
from shop.presale.lapsing import lapse_unpaid
from shop.presale.models import Presale
from shop.presale.opening import open_presale
from shop.presale.reminding import remind
from shop.presale.states import PresaleRefused
from shop.presale.stepping_back import NoRightToStepBack, step_back
from shop.presale.terms import publish_terms
from tests.factories.fulfilment import NOW
from tests.factories.orders import basket_of
from tests.factories.presales import booked, confirmed, draft, pay, running
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HARVEST = NOW + 30 * DAY


@pytest.fixture(autouse=True)
def _sandbox(settings) -> None:
    settings.PAYMENT_SANDBOX = True
    settings.KEEP_READ_SECONDS = 0


def harvest(presale: Presale, pieces: int, *, at=HARVEST) -> int:
    StockRecord.objects.filter(product=presale.article).update(num_in_stock=pieces)
    presale.refresh_from_db()
    return open_balances(presale=presale, at=at, by=None)


def promised(presale: Presale) -> int:
    return StockRecord.objects.get(product=presale.article).num_allocated or 0


def given_back(order: Order) -> Decimal:
    return sum((p.refunded for p in Payment.objects.filter(due__order=order)), Decimal(0))


def test_a_share_is_held_with_the_order_and_confirmed_by_its_deposit() -> None:
    presale = running()
    order = booked(presale, 3)
    presale.refresh_from_db()
    assert (order.kind, order.state, presale.booked, promised(presale)) == ("presale", "unpaid", 3, 0)
    due = order.dues.get()
    assert (due.kind, due.amount) == ("deposit", Decimal("15.00"))
    pay(order)
    assert order.state == "reserved" and order.booking.confirmed_at
    assert not order.consignments.exists()


def test_the_cap_is_never_passed() -> None:
    presale = running(cap=5)
    booked(presale, 4)
    with pytest.raises(FullyBooked) as refused:
        booked(presale, 2)
    assert refused.value.left == 1
    presale.refresh_from_db()
    assert presale.booked == 4 and Order.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_piece_goes_to_one_of_many_buyers() -> None:
    presale = running(cap=3)
    baskets = 6
    gate, got = Barrier(baskets), []

    def buy() -> None:
        gate.wait()
        try:
            got.append(booked(presale, 1))
        except FullyBooked:
            pass
        finally:
            connections.close_all()

    threads = [Thread(target=buy) for _number in range(baskets)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    presale.refresh_from_db()
    assert (len(got), presale.booked, Order.objects.count()) == (3, 3, 3)


def test_an_unpaid_deposit_gives_its_share_back() -> None:
    presale = running(cap=2)
    booked(presale, 2)
    close_unpaid(at=NOW + timedelta(minutes=31))
    presale.refresh_from_db()
    assert presale.booked == 0
    assert booked(presale, 2).state == "unpaid"


@pytest.mark.parametrize("accepted", [0, 1, 7])
def test_only_the_newest_terms_are_accepted(accepted: int) -> None:
    presale = running()
    publish_terms(presale=presale, text="新的条款", at=NOW)
    with pytest.raises(TermsNotAccepted):
        booked(presale, 1, accepted=accepted)
    assert not Order.objects.exists()
    assert booked(presale, 1, accepted=2).booking.terms.text == "新的条款"


def test_a_booking_keeps_the_terms_it_was_made_on() -> None:
    presale = running()
    order = booked(presale)
    publish_terms(presale=presale, text="新的条款", at=NOW)
    assert order.booking.terms.number == 1 and "定金" in order.booking.terms.text


def test_a_harvest_is_ordered_by_itself() -> None:
    presale = running()
    lines = basket_of((presale.article, 1), (ArticleFactory(), 1)).all_lines()
    with pytest.raises(NotBookable):
        presale_in(lines, at=NOW)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"deposit": Decimal("7.97")}, "两成"),
        ({"harvest_to": date(2026, 11, 1), "harvest_from": date(2026, 10, 1)}, "已经过了"),
        ({"article": "unlicensed"}, "用标授权"),
    ],
)
def test_what_must_not_be_opened_stays_a_draft(facts, word: str) -> None:
    if facts.get("article"):
        facts = {"article": ArticleFactory(brand_product__licensed=False)}
    presale = draft(**facts)
    publish_terms(presale=presale, text="条款", at=NOW)
    with pytest.raises(PresaleRefused, match=word):
        open_presale(presale=presale, at=NOW, by=None)
    presale.refresh_from_db()
    assert presale.state == "draft"


def test_without_terms_it_is_not_opened() -> None:
    with pytest.raises(PresaleRefused, match="条款"):
        open_presale(presale=draft(), at=NOW, by=None)


def test_at_the_harvest_the_balance_falls_due_and_the_paid_order_is_packed() -> None:
    presale = running()
    order = confirmed(presale, 2)
    assert harvest(presale, 10) == 1
    balance = order.dues.get(kind=Due.Kind.BALANCE)
    assert balance.amount == order.total_incl_tax - Decimal("10.00")
    assert balance.closes_at == HARVEST + 7 * DAY
    assert promised(presale) == 2
    pay(order, at=HARVEST + DAY)
    assert order.state == "to_send" and order.consignments.count() == 1
    assert Notice.objects.filter(kind="presale_balance", channel="sms").count() == 1


def test_a_harvest_smaller_than_what_was_booked_opens_nothing() -> None:
    presale = running()
    order = confirmed(presale, 4)
    with pytest.raises(PresaleRefused, match="订了 4 份"):
        harvest(presale, 3)
    presale.refresh_from_db()
    assert (presale.state, promised(presale), order.dues.count()) == ("open", 0, 1)


def test_a_deposit_paid_while_the_harvest_comes_in_owes_its_balance_at_once() -> None:
    presale = running()
    order = booked(presale, 2)
    harvest(presale, 10, at=NOW + timedelta(minutes=5))
    assert promised(presale) == 2
    pay(order, at=NOW + timedelta(minutes=10))
    assert order.dues.filter(kind=Due.Kind.BALANCE).exists()


def test_a_delay_opens_the_way_out_with_the_whole_deposit() -> None:
    presale = running()
    order = confirmed(presale, 2)
    with pytest.raises(NoRightToStepBack):
        step_back(order=order, at=NOW + DAY)
    delay(
        presale=presale, now_from=date(2027, 1, 10), now_to=date(2027, 1, 25), reason="倒春寒",
        at=NOW + DAY, by=None,
    )  # fmt: skip
    late = confirmed(presale, 1, at=NOW + 2 * DAY)
    step_back(order=order, at=NOW + 3 * DAY)
    order.refresh_from_db()
    presale.refresh_from_db()
    assert (order.state, given_back(order), presale.booked) == ("cancelled", Decimal("10.00"), 1)
    with pytest.raises(NoRightToStepBack):  # knew it when it was booked
        step_back(order=late, at=NOW + 3 * DAY)
    assert Notice.objects.filter(kind="presale_delay", channel="sms").count() == 1


def test_a_delay_is_later_and_told_once() -> None:
    presale = running()
    with pytest.raises(PresaleRefused):
        delay(
            presale=presale, now_from=date(2026, 12, 1), now_to=date(2027, 1, 5), reason="x", at=NOW, by=None
        )
    assert not presale.delays.exists()


def test_a_cancelled_harvest_gives_everybody_everything_back() -> None:
    presale = running()
    one, two, unpaid = confirmed(presale, 2), confirmed(presale, 1), booked(presale, 1)
    assert cancel_presale(presale=presale, reason="雹灾", at=NOW + DAY, by=None) == 3
    for order in (one, two, unpaid):
        order.refresh_from_db()
        assert order.state == "cancelled"
    presale.refresh_from_db()
    assert (given_back(one), given_back(two), presale.booked) == (Decimal("10.00"), Decimal("5.00"), 0)
    with pytest.raises(PresaleRefused):
        cancel_presale(presale=presale, reason="again", at=NOW + DAY, by=None)
    with pytest.raises(NotPlaced):
        booked(presale, 1)


@pytest.mark.parametrize("kept", [True, False])
def test_an_unpaid_balance_ends_by_the_rule_that_was_accepted(kept: bool) -> None:
    presale = running(deposit_kept=kept)
    order = confirmed(presale, 2)
    harvest(presale, 10)
    assert lapse_unpaid(at=HARVEST + 6 * DAY) == 0
    assert lapse_unpaid(at=HARVEST + 8 * DAY) == 1
    order.refresh_from_db()
    presale.refresh_from_db()
    assert (order.state, presale.booked, promised(presale)) == ("cancelled", 0, 0)
    assert given_back(order) == (0 if kept else Decimal("10.00"))
    assert bool(order.booking.deposit_kept_at) == kept
    assert close_settled(at=HARVEST + 8 * DAY) == 1


def test_reminders_go_out_once_a_step() -> None:
    presale = running()
    confirmed(presale, 2)
    harvest(presale, 10)
    for days in (1, 4.5, 5, 6.5, 6.6):
        remind(at=HARVEST + timedelta(days=days))
    assert Notice.objects.filter(kind="presale_balance", channel="sms").count() == 3


def test_cancelling_after_the_harvest_gives_its_stock_to_others() -> None:
    presale = running()
    order = confirmed(presale, 2)
    harvest(presale, 10)
    cancel_order(order=order, reason="", at=HARVEST + DAY)
    presale.refresh_from_db()
    assert (promised(presale), presale.booked, given_back(order)) == (0, 0, Decimal("10.00"))


STEPS = st.lists(st.tuples(st.sampled_from(["book", "pay", "drop", "late"]), st.integers(1, 4)), max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_what_is_booked_is_what_is_held(steps) -> None:
    presale = running(cap=6)
    orders: list[Order] = []
    for act, number in steps:
        chosen = orders[number % len(orders)] if orders else None
        if act == "book":
            try:
                orders.append(booked(presale, number))
            except FullyBooked as full:
                assert full.left < number
            except NotAll:  # said before it is tried
                assert presale.booked == presale.cap
        elif chosen and act == "pay" and chosen.state == "unpaid":
            pay(chosen)
        elif chosen and act == "drop" and chosen.state != "cancelled":
            cancel_order(order=chosen, reason="", at=NOW)
        presale.refresh_from_db()
        held = presale.bookings.filter(held=True)
        assert presale.booked == sum(held.values_list("quantity", flat=True)) <= presale.cap
    for order in orders:
        order.refresh_from_db()
        paid = sum((p.amount for p in Payment.objects.filter(due__order=order, state="paid")), Decimal(0))
        assert given_back(order) == (paid if order.state == "cancelled" else 0)
