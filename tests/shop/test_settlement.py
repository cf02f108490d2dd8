"""Statements reconcile to the cent with payments and refunds, whatever order things happen in."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oscar.core.loading import get_model

from shop.freight.models import FreightShare
from shop.models import Due, Payment, SettlementTerms, Statement, StatementLine
from shop.order.models import Order, OrderStatusChange
from shop.partner.models import Partner
from shop.payments.refunding import NotRefundable, refund
from shop.settlement.agreeing import agree_terms, price_supply, share_promotion
from shop.settlement.deciding import confirm_statement, object_to_statement, pay_out
from shop.settlement.drawing import draw_statement
from shop.settlement.reconciling import reconcile
from shop.settlement.refusals import SettledAlready, SettlementRefused
from tests.factories.shop import ArticleFactory
from tests.factories.stock import order, order_line

pytestmark = pytest.mark.django_db
OrderDiscount = get_model("order", "OrderDiscount")
OrderLineDiscount = get_model("order", "OrderLineDiscount")
JUNE = datetime(2026, 6, 1, tzinfo=UTC)
_numbers = count(1)


def seller(name: str, *, rate: str = "5", share: str = "0", basis: str = "commission") -> Partner:
    partner = Partner.objects.create(name=name, code=name)
    agree_terms(
        partner=partner, valid_from=date(2026, 1, 1), basis=basis, rate=Decimal(rate),
        promotion_share=Decimal(share), agreed="合同 2026-01", at=JUNE, by=None,
    )  # fmt: skip
    return partner


def article(partner: Partner, price: str):
    made = ArticleFactory(stock__price=None)
    return made.stockrecords.create(
        partner=partner, partner_sku=made.slug, price=Decimal(price), num_in_stock=100
    )


def sold(lines, *, freight="0", at=JUNE, free_freight="0", offer=None) -> Order:
    """Place an order of (stock record, quantity, discount); its money is not in yet."""
    made = order(date_placed=at, shipping_incl_tax=Decimal(freight), shipping_excl_tax=Decimal(freight))
    off = OrderDiscount.objects.create(order=made, offer_id=offer and offer.pk, amount=0, frequency=1)
    total = Decimal(freight)
    for stockrecord, quantity, discount in lines:
        line = order_line(stockrecord, quantity, of=made, discount=discount)
        if discount:
            OrderLineDiscount.objects.create(line=line, order_discount=off, is_incl_tax=True, amount=discount)
        total += line.line_price_incl_tax
    if Decimal(free_freight):
        OrderDiscount.objects.create(
            order=made, category=OrderDiscount.SHIPPING, amount=Decimal(free_freight), frequency=1
        )
    Order.objects.filter(pk=made.pk).update(total_incl_tax=total, total_excl_tax=total)
    made.refresh_from_db()
    return made


def pay(made: Order, amount: Decimal | None = None, *, at: datetime) -> None:
    amount = made.total_incl_tax if amount is None else amount
    kind = Due.Kind.FULL if not made.dues.exists() else Due.Kind.BALANCE
    due = Due.objects.create(order=made, kind=kind, amount=amount, paid_at=at)
    if amount:
        number = f"P{next(_numbers):08d}"
        Payment.objects.create(
            due=due, gateway="sandbox", number=number, trade_no=number, amount=amount, state="paid",
            opened_at=at, paid_at=at,
        )  # fmt: skip


def done(made: Order, *, at: datetime, state: str = Order.State.RECEIVED) -> None:
    change = OrderStatusChange.objects.create(order=made, old_status="sent", new_status=state)
    OrderStatusChange.objects.filter(pk=change.pk).update(date_created=at)
    Order.objects.filter(pk=made.pk).update(state=state)


def june(partner: Partner, *, at: datetime = JUNE + timedelta(days=40)) -> Statement:
    return draw_statement(partner=partner, first=date(2026, 6, 1), last=date(2026, 6, 30), at=at, by=None)


def test_commission_is_of_what_the_supplier_sold_and_the_hall_bears_its_coupons() -> None:
    coop = seller("coop", rate="8", share="0")
    made = sold([(article(coop, "50.00"), 2, "10.00")], freight="6")
    pay(made, at=JUNE)
    done(made, at=JUNE + timedelta(days=5))
    found = june(coop)
    assert (found.goods, found.freight, found.hall_bears) == (Decimal(90), Decimal(6), Decimal(10))
    assert (found.commission, found.due) == (Decimal(8), Decimal(98))


def test_the_supplier_bears_its_part_of_a_promotion() -> None:
    coop = seller("coop", rate="8", share="30")
    made = sold([(article(coop, "50.00"), 2, "10.00")])
    pay(made, at=JUNE)
    done(made, at=JUNE)
    found = june(coop)
    assert (found.hall_bears, found.supplier_bears) == (Decimal(7), Decimal(3))
    assert found.commission == Decimal("7.76") and found.due == Decimal("89.24")


def test_who_bears_one_promotion_can_be_another_than_the_terms_say() -> None:
    from tests.factories.trade import offer

    coop, own = seller("coop", rate="0", share="0"), offer("满二减十")
    share_promotion(offer=own, supplier_share=Decimal(100), valid_from=date(2026, 6, 1), at=JUNE)
    made = sold([(article(coop, "50.00"), 2, "10.00")], offer=own)
    pay(made, at=JUNE)
    done(made, at=JUNE)
    assert (june(coop).hall_bears, june(coop).due) == (Decimal(0), Decimal(90))


def test_by_supply_price_the_supplier_gets_its_list() -> None:
    coop = seller("coop", basis="supply")
    stockrecord = article(coop, "50.00")
    price_supply(stockrecord=stockrecord, price=Decimal("41.50"), valid_from=date(2026, 1, 1))
    price_supply(stockrecord=stockrecord, price=Decimal("43.00"), valid_from=date(2026, 7, 1))
    made = sold([(stockrecord, 2, 0)])
    pay(made, at=JUNE)
    done(made, at=JUNE)
    assert (june(coop).due, june(coop).commission) == (Decimal(83), Decimal(17))


def test_a_later_refund_stands_in_the_later_statement() -> None:
    coop = seller("coop", rate="10")
    made = sold([(article(coop, "30.00"), 3, 0)])
    pay(made, at=JUNE)
    done(made, at=JUNE)
    first = june(coop)
    confirm_statement(statement=first, by=None, at=JUNE + timedelta(days=41))
    refund(order=made, lines={made.lines.get(): 1}, reason="坏了一件", at=JUNE + timedelta(days=35), by=None)
    assert first.due == Decimal(81)
    july = draw_statement(
        partner=coop, first=date(2026, 7, 1), last=date(2026, 7, 31), at=JUNE + timedelta(days=70), by=None
    )
    assert (july.refunded_goods, july.commission, july.due) == (Decimal(30), Decimal(-3), Decimal(-27))


def test_what_is_below_zero_is_taken_over() -> None:
    coop = seller("coop", rate="0")
    made = sold([(article(coop, "30.00"), 1, 0)])
    pay(made, at=JUNE)
    done(made, at=JUNE)
    later = JUNE + timedelta(days=200)
    confirm_statement(statement=june(coop), by=None, at=later)
    refund(order=made, lines={made.lines.get(): 1}, reason="坏了", at=JUNE + timedelta(days=35), by=None)
    july = draw_statement(partner=coop, first=date(2026, 7, 1), last=date(2026, 7, 31), at=later, by=None)
    confirm_statement(statement=july, by=None, at=later)
    with pytest.raises(SettlementRefused):
        pay_out(statement=july, bank_reference="X", by=None, at=later)
    again = sold([(article(coop, "50.00"), 1, 0)], at=JUNE + timedelta(days=62))
    pay(again, at=JUNE + timedelta(days=62))
    done(again, at=JUNE + timedelta(days=63))
    august = draw_statement(partner=coop, first=date(2026, 8, 1), last=date(2026, 8, 31), at=later, by=None)
    july.refresh_from_db()
    assert (august.carried_in, august.payable) == (Decimal(-30), Decimal(20))
    assert july.state == Statement.State.CARRIED


def test_a_statement_is_drawn_again_until_it_is_confirmed_and_counts_nothing_twice() -> None:
    coop = seller("coop")
    made = sold([(article(coop, "30.00"), 3, 0)])
    pay(made, at=JUNE)
    done(made, at=JUNE)
    first, again = june(coop), june(coop, at=JUNE + timedelta(days=41))
    assert (first.pk, first.due) == (again.pk, again.due)
    assert StatementLine.objects.count() == 1
    with pytest.raises(SettledAlready):  # what the supplier looked at is no longer what is there
        confirm_statement(statement=first, by=None, at=JUNE)
    confirm_statement(statement=again, by=None, at=JUNE)
    with pytest.raises(SettledAlready):
        june(coop)
    assert Statement.objects.get().state == Statement.State.CONFIRMED


def test_refused_acts_change_nothing() -> None:
    coop = seller("coop")
    with pytest.raises(SettlementRefused):
        june(coop, at=JUNE + timedelta(days=10))  # the month is not over
    first = june(coop)
    with pytest.raises(SettlementRefused):
        object_to_statement(statement=first, objection=" ", by=None, at=JUNE)
    with pytest.raises(SettledAlready):
        pay_out(statement=first, bank_reference="工行 1", by=None, at=JUNE)
    with pytest.raises(SettlementRefused):  # overlaps
        draw_statement(
            partner=coop, first=date(2026, 6, 10), last=date(2026, 7, 9),
            at=JUNE + timedelta(days=60), by=None,
        )  # fmt: skip
    confirm_statement(statement=first, by=None, at=JUNE)
    with pytest.raises(SettlementRefused):  # terms of a settled period stay
        agree_terms(
            partner=coop, valid_from=date(2026, 6, 15), basis="commission", rate=Decimal(9),
            promotion_share=Decimal(0), agreed="", at=JUNE, by=None,
        )  # fmt: skip
    assert SettlementTerms.objects.count() == 1 and Statement.objects.count() == 1


def test_positions_of_many_orders_cost_the_same_queries(django_assert_max_num_queries) -> None:
    coop = seller("coop")
    stockrecord = article(coop, "30.00")
    for _each in range(12):
        made = sold([(stockrecord, 1, "3.33")])
        pay(made, at=JUNE)
        done(made, at=JUNE)
    with django_assert_max_num_queries(32):
        assert june(coop).lines.count() == 12


money = st.decimals("0.01", "300", places=2)
line_of = st.tuples(st.integers(0, 2), money, st.integers(1, 5), st.integers(0, 100))
step = st.tuples(
    st.sampled_from(["refund", "units", "freight", "done", "cancel", "state"]),
    st.integers(0, 9),
    st.integers(0, 100),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    rates=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 100)), min_size=3, max_size=3),
    orders=st.lists(
        st.tuples(st.lists(line_of, min_size=1, max_size=4), money, money, st.booleans()),
        min_size=1,
        max_size=3,
    ),
    steps=st.lists(step, max_size=14),
)
def test_whatever_happens_the_statements_reconcile_to_the_cent(rates, orders, steps) -> None:
    point = transaction.savepoint()
    try:
        _live(rates, orders, steps)
    finally:
        transaction.savepoint_rollback(point)


def _live(rates, orders, steps) -> None:
    """Sell, refund, receive and cancel at random over five months, draw up every month, then prove it."""
    partners = [seller(f"s{n}", rate=f"{rate}.5", share=str(share)) for n, (rate, share) in enumerate(rates)]
    bought = [_buy(partners, *each) for each in orders]
    now, month = JUNE + timedelta(days=1), 6
    for what, which, part in steps:
        _happen(what, bought[which % len(bought)], part, at=now)
        now += timedelta(days=9)
        while timezone.localtime(now).month > month:
            _draw_all(partners, month, at=now + timedelta(days=400))
            month += 1
    for made in bought:
        made.refresh_from_db()
        if made.state == Order.State.TO_SEND:
            done(made, at=now)
    for each in range(month, 13):
        _draw_all(partners, each, at=now + timedelta(days=400))
    _prove(bought)


def _buy(partners, lines, freight, free, whole) -> Order:
    rows = []
    for which, price, quantity, percent in lines:
        off = (price * quantity * percent / 100).quantize(Decimal("0.01"))
        rows.append((article(partners[which], str(price)), quantity, off))
    made = sold(rows, freight=str(freight), free_freight=str(free))
    senders = {row[0].partner for row in rows}
    if len(senders) == 1:
        FreightShare.objects.create(order=made, partner=senders.pop(), amount=freight)
    if whole:
        pay(made, at=JUNE)
    elif made.total_incl_tax:
        deposit = (made.total_incl_tax / 3).quantize(Decimal("0.01"))
        pay(made, deposit, at=JUNE)
    return made


def _happen(what: str, made: Order, part: int, *, at: datetime) -> None:
    made.refresh_from_db()
    line = list(made.lines.all())[part % made.lines.count()]
    try:
        with transaction.atomic():
            if what == "units" and line.quantity > line.refunded_quantity:
                refund(order=made, lines={line: 1}, reason="r", at=at, by=None)
            elif what == "refund":
                amount = (line.line_price_incl_tax * part / 100).quantize(Decimal("0.01"))
                refund(order=made, lines={line: 0}, amount=amount, reason="r", at=at, by=None)
            elif what == "freight":
                back = (made.shipping_incl_tax * part / 100).quantize(Decimal("0.01"))
                refund(order=made, lines={}, freight=back, reason="r", at=at, by=None)
            elif what in {"done", "cancel"} and made.state == Order.State.TO_SEND:
                done(made, at=at, state=Order.State.CANCELLED if what == "cancel" else Order.State.RECEIVED)
    except NotRefundable:
        pass  # more than is left: the money stays where it is


def _draw_all(partners, month: int, *, at: datetime) -> None:
    first = date(2026, month, 1)
    last = date(2026 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    for partner in partners:
        drawn = draw_statement(partner=partner, first=first, last=last, at=at, by=None)
        confirm_statement(statement=drawn, by=None, at=at)


def _prove(bought: list[Order]) -> None:
    """All statements together say where every cent went."""
    keys = [made.pk for made in bought]
    found = reconcile(region=None, since=JUNE - timedelta(days=1), until=JUNE + timedelta(days=400))
    assert found.difference == 0
    rows = list(StatementLine.objects.filter(order__in=keys))
    stated = {
        name: sum((getattr(row, name) for row in rows), Decimal(0))
        for name in (
            "goods",
            "freight",
            "refunded_goods",
            "refunded_freight",
            "commission",
            "hall_bears",
            "due",
        )
    }
    assert stated["goods"] + stated["freight"] == found.received
    assert stated["refunded_goods"] + stated["refunded_freight"] == found.refunded
    assert stated["due"] + stated["commission"] - stated["hall_bears"] == found.received - found.refunded
    payable = sum((one.payable - one.carried_in for one in Statement.objects.all()), Decimal(0))
    assert payable == stated["due"]
