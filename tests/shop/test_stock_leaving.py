"""Goods leave by the lot that expires first, only when promised, and come back where they were."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Sum

from shop.models import StockLot, StockMovement
from shop.stock.leaving import take_out
from shop.stock.movements import LedgerIsFinal
from shop.stock.receiving import receive
from shop.stock.refusals import NotEnough, NothingWentOut, NotPromised
from shop.stock.reserving import reserve
from shop.stock.returning import put_back
from tests.factories.accounts import UserFactory
from tests.factories.shop import ArticleFactory
from tests.factories.stock import order_line

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture
def stockrecord():
    return ArticleFactory(stock=0).stockrecords.get()


def lot_of(stockrecord, quantity: int, days: int | None = None, **more) -> StockLot:
    expires_on = None if days is None else TODAY + timedelta(days=days)
    return receive(
        stockrecord=stockrecord, quantity=quantity, expires_on=expires_on, at=NOW, by=None, **more
    ).lot


def in_books(stockrecord) -> tuple[int, int, int]:
    """What is for sale, what lies in lots, what the ledger says."""
    stockrecord.refresh_from_db()
    lots = stockrecord.lots.aggregate(sum=Sum("remaining"))["sum"] or 0
    ledger = stockrecord.movements.aggregate(sum=Sum("quantity"))["sum"] or 0
    return stockrecord.num_in_stock, lots, ledger


def test_what_expires_first_leaves_first(stockrecord) -> None:
    never = lot_of(stockrecord, 5)
    late = lot_of(stockrecord, 5, 30)
    soon = lot_of(stockrecord, 3, 4)
    reserve(stockrecord=stockrecord, quantity=9)
    moved = take_out(stockrecord=stockrecord, quantity=9, at=NOW, by=None)
    assert [(one.lot, one.quantity) for one in moved] == [(soon, -3), (late, -5), (never, -1)]
    assert in_books(stockrecord) == (4, 4, 4)
    assert stockrecord.num_allocated == 0


def test_a_lot_past_its_day_stays(stockrecord) -> None:
    lot_of(stockrecord, 5, -1)
    fresh = lot_of(stockrecord, 2, 0)
    reserve(stockrecord=stockrecord, quantity=3)
    with pytest.raises(NotEnough) as refused:
        take_out(stockrecord=stockrecord, quantity=3, at=NOW, by=None)
    assert refused.value.there == 2
    assert in_books(stockrecord) == (7, 7, 7) and stockrecord.num_allocated == 3
    assert [one.lot for one in take_out(stockrecord=stockrecord, quantity=2, at=NOW, by=None)] == [fresh]


def test_a_recalled_batch_stays(stockrecord) -> None:
    from tests.factories.record import BatchFactory

    batch = BatchFactory(product=stockrecord.product.brand_product)
    lot_of(stockrecord, 5, batch=batch)
    type(batch).objects.filter(pk=batch.pk).update(recalled_at=NOW, recall_reason="农残超标")
    reserve(stockrecord=stockrecord, quantity=1)
    with pytest.raises(NotEnough):
        take_out(stockrecord=stockrecord, quantity=1, at=NOW, by=None)


def test_nothing_leaves_that_was_not_promised(stockrecord) -> None:
    lot_of(stockrecord, 5)
    with pytest.raises(NotPromised):
        take_out(stockrecord=stockrecord, quantity=1, at=NOW, by=None)
    assert in_books(stockrecord) == (5, 5, 5)


def test_a_number_entered_beside_the_ledger_is_taken_over(stockrecord) -> None:
    type(stockrecord).objects.filter(pk=stockrecord.pk).update(num_in_stock=10, num_allocated=2)
    take_out(stockrecord=stockrecord, quantity=2, at=NOW, by=None)
    assert in_books(stockrecord) == (8, 8, 8)
    kinds = list(stockrecord.movements.order_by("entry").values_list("kind", "before", "after"))
    assert kinds == [("opening", 0, 10), ("sale", 10, 8)]
    type(stockrecord).objects.filter(pk=stockrecord.pk).update(num_in_stock=3)
    lot_of(stockrecord, 1)
    assert in_books(stockrecord) == (4, 4, 4)


def test_goods_come_back_into_the_lots_they_left(stockrecord) -> None:
    soon, late = lot_of(stockrecord, 2, 4), lot_of(stockrecord, 5, 30)
    line = order_line(stockrecord, 4)
    reserve(stockrecord=stockrecord, quantity=4)
    take_out(stockrecord=stockrecord, quantity=4, at=NOW, by=UserFactory(), line=line)
    put_back(stockrecord=stockrecord, quantity=3, at=NOW, by=None, line=line)
    soon.refresh_from_db()
    late.refresh_from_db()
    assert (soon.remaining, late.remaining) == (1, 5)
    assert in_books(stockrecord) == (6, 6, 6)
    with pytest.raises(NothingWentOut):
        put_back(stockrecord=stockrecord, quantity=2, at=NOW, by=None, line=line)
    assert in_books(stockrecord) == (6, 6, 6)


def test_what_came_back_bad_is_written_off_and_does_not_come_back_twice(stockrecord) -> None:
    lot_of(stockrecord, 5)
    line = order_line(stockrecord, 2)
    reserve(stockrecord=stockrecord, quantity=2)
    take_out(stockrecord=stockrecord, quantity=2, at=NOW, by=None, line=line)
    put_back(stockrecord=stockrecord, quantity=2, at=NOW, by=None, line=line, good=False)
    assert in_books(stockrecord) == (3, 3, 3)
    with pytest.raises(NothingWentOut):
        put_back(stockrecord=stockrecord, quantity=1, at=NOW, by=None, line=line)


def test_a_movement_is_never_changed(stockrecord) -> None:
    lot_of(stockrecord, 5)
    movement = StockMovement.objects.get()
    with pytest.raises(LedgerIsFinal):
        StockMovement.objects.update(quantity=9)
    with pytest.raises(LedgerIsFinal):
        movement.save()
