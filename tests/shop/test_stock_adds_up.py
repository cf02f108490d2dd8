"""Whatever happens to it, stock is one number: for sale = lots = ledger, and never less than promised."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brand.models import Region
from notices.models import Notice
from shop.models import StockLot, StockMovement, StockPlace
from shop.partner.models import StockRecord
from shop.stock.adopting import adopt_strays
from shop.stock.counting import close_take, enter_counts, open_take
from shop.stock.leaving import take_out
from shop.stock.losing import write_off, write_off_expired
from shop.stock.low import notice_low_stock
from shop.stock.moving import move
from shop.stock.receiving import receive
from shop.stock.reconciling import differences
from shop.stock.refusals import StockRefused
from shop.stock.reserving import SoldOut, release, reserve
from shop.stock.returning import put_back
from shop.stock.shelves import store_of
from tests.factories.accounts import UserFactory
from tests.factories.shop import ArticleFactory
from tests.factories.stock import order_line

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
STEP = st.tuples(
    st.sampled_from(["receive", "reserve", "send", "back", "bad", "lose", "move", "count", "day", "stray"]),
    st.integers(1, 9),
    st.integers(0, 40),
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(steps=st.lists(STEP, min_size=8, max_size=30))
def test_whatever_happens_stock_is_one_number(steps) -> None:
    with transaction.atomic():
        shelf = _Shelf()
        for what, quantity, which in steps:
            try:
                with transaction.atomic():
                    getattr(shelf, what)(quantity, which)
            except (StockRefused, SoldOut):
                pass  # said to somebody; nothing moved
            shelf.adds_up()
        transaction.set_rollback(True)


class _Shelf:
    """One article with a store and a hall, and what can happen to it."""

    def __init__(self) -> None:
        self.stockrecord: StockRecord = ArticleFactory(stock=5).stockrecords.get()
        self.line = order_line(self.stockrecord, 500)
        self.hall = StockPlace.objects.create(kind="hall", name="特产馆", region=Region.objects.first())
        self.at = NOW

    def lot(self, which: int) -> StockLot:
        lots = list(StockLot.objects.select_related("stockrecord").order_by("pk"))
        if not lots:
            raise StockRefused("no lot")
        return lots[which % len(lots)]

    def receive(self, quantity: int, which: int) -> None:
        day = self.at.date() + timedelta(days=which) if which % 3 else None
        receive(stockrecord=self.stockrecord, quantity=quantity, expires_on=day, at=self.at, by=None)

    def reserve(self, quantity: int, which: int) -> None:
        reserve(stockrecord=self.stockrecord, quantity=quantity)
        if which % 4 == 0:
            release(stockrecord=self.stockrecord, quantity=quantity)

    def send(self, quantity: int, which: int) -> None:
        take_out(stockrecord=self.stockrecord, quantity=quantity, at=self.at, by=None, line=self.line)

    def back(self, quantity: int, which: int) -> None:
        put_back(stockrecord=self.stockrecord, quantity=quantity, at=self.at, by=None, line=self.line)

    def bad(self, quantity: int, which: int) -> None:
        put_back(
            stockrecord=self.stockrecord, quantity=quantity, at=self.at, by=None, line=self.line, good=False
        )

    def lose(self, quantity: int, which: int) -> None:
        write_off(lot=self.lot(which), quantity=quantity, why="压坏了", at=self.at, by=None)

    def move(self, quantity: int, which: int) -> None:
        move(lot=self.lot(which), to=self.hall, quantity=quantity, at=self.at, by=None)

    def count(self, quantity: int, which: int) -> None:
        partner = self.stockrecord.partner
        take = open_take(partner=partner, place=store_of(partner), by=None, at=self.at)
        counts = {count.pk: (count.expected, "") for count in take.counts.all()}
        first = take.counts.first()
        counts[first.pk] = (max(0, first.expected + quantity - 5), "数错了")
        enter_counts(take=take, entered=counts)
        close_take(take=take, by=None, at=self.at)

    def day(self, quantity: int, which: int) -> None:
        self.at += timedelta(days=quantity)
        write_off_expired(at=self.at)

    def stray(self, quantity: int, which: int) -> None:
        self.stockrecord.refresh_from_db()
        promised = self.stockrecord.num_allocated or 0
        StockRecord.objects.filter(pk=self.stockrecord.pk).update(num_in_stock=promised + which)
        assert adopt_strays(at=self.at) <= 1

    def adds_up(self) -> None:
        assert differences() == []
        now = StockRecord.objects.get(pk=self.stockrecord.pk)
        assert (now.num_allocated or 0) <= now.num_in_stock
        entries = list(StockMovement.objects.order_by("entry").values_list("entry", "before", "after"))
        assert [entry for entry, _before, _after in entries] == list(range(1, len(entries) + 1))
        assert all(one[2] == two[1] for one, two in pairwise(entries))


def test_expired_goods_leave_the_sale_but_not_from_under_a_promise() -> None:
    stockrecord = ArticleFactory(stock=0).stockrecords.get()
    receive(stockrecord=stockrecord, quantity=5, expires_on=date(2026, 11, 21), at=NOW, by=None)
    reserve(stockrecord=stockrecord, quantity=2)
    write_off_expired(at=NOW)
    stockrecord.refresh_from_db()
    assert (stockrecord.num_in_stock, stockrecord.num_allocated) == (2, 2)
    assert write_off_expired(at=NOW) == []


def test_sellers_hear_once_that_something_runs_low(django_capture_on_commit_callbacks) -> None:
    stockrecord = ArticleFactory(stock=4).stockrecords.get()
    seller = UserFactory()
    stockrecord.partner.users.add(seller)
    StockRecord.objects.update(low_stock_threshold=5)
    with django_capture_on_commit_callbacks(execute=True):
        assert notice_low_stock(at=NOW) == 1
        assert notice_low_stock(at=NOW) == 0
    assert Notice.objects.filter(user=seller).count() == 1 and not mail.outbox
    StockRecord.objects.update(num_in_stock=9)
    assert notice_low_stock(at=NOW) == 0
    StockRecord.objects.update(num_in_stock=3)
    assert notice_low_stock(at=NOW) == 1


def test_a_transfer_keeps_day_and_number() -> None:
    stockrecord = ArticleFactory(stock=0).stockrecords.get()
    lot = receive(
        stockrecord=stockrecord, quantity=5, lot_number="L1", expires_on=date(2026, 12, 1), at=NOW, by=None
    ).lot
    region = stockrecord.partner.member.region if stockrecord.partner.member else Region.objects.get()
    hall = StockPlace.objects.create(kind="hall", name="特产馆", region=region)
    move(lot=lot, to=hall, quantity=2, at=NOW, by=None)
    there = StockLot.objects.get(place=hall)
    assert (there.number, there.expires_on, there.remaining) == ("L1", date(2026, 12, 1), 2)
    stockrecord.refresh_from_db()
    assert stockrecord.num_in_stock == 5
    with pytest.raises(StockRefused):
        move(lot=lot, to=hall, quantity=4, at=NOW, by=None)
    with pytest.raises(StockRefused):
        move(lot=lot, to=lot.place, quantity=1, at=NOW, by=None)
