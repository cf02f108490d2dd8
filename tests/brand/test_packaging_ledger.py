"""The packaging ledger: what moves is written once, adds up, and is never changed."""

import pytest
from django.db import IntegrityError, transaction

from brand.models import PackagingHolding, PackagingMovement, PackagingStock
from brand.packaging.leaving import hand_out
from brand.packaging.movements import LedgerIsFinal
from brand.packaging.reconciling import differences
from brand.packaging.refusals import NotEnough, PackagingRefused
from brand.packaging.reporting import report_use
from brand.packaging.shelf import receive, write_off
from tests.factories.accounts import person
from tests.factories.packaging import NOW, PackagingItemFactory, stocked

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person("brand_officer")


def test_a_new_item_begins_with_an_empty_shelf() -> None:
    stock = PackagingItemFactory().stock
    assert (stock.remaining, stock.available, stock.place) == (0, 0, 0)


def test_what_came_from_the_printer_lies_on_the_shelf_with_a_number(officer) -> None:
    item = PackagingItemFactory()
    first = receive(item=item, quantity=300, note="送货单 0311", by=officer, at=NOW)
    second = receive(item=item, quantity=200, note="", by=officer, at=NOW)
    assert [first.number, second.number] == ["RK140406-2026-0001", "RK140406-2026-0002"]
    assert (second.before, second.after, second.place) == (300, 500, 2)
    assert PackagingStock.objects.get(item=item).remaining == 500


def test_the_shelf_never_falls_below_zero_and_says_what_is_there(officer) -> None:
    quota = stocked(40)
    with pytest.raises(NotEnough, match="40"):
        write_off(item=quota.item, quantity=41, reason="受潮", by=officer, at=NOW)
    assert PackagingStock.objects.get(item=quota.item).remaining == 40
    assert quota.item.movements.count() == 1


def test_spoilage_without_a_word_is_refused(officer) -> None:
    quota = stocked(40)
    with pytest.raises(PackagingRefused):
        write_off(item=quota.item, quantity=1, reason=" ", by=officer, at=NOW)


def test_issued_is_used_spoiled_returned_and_remaining(officer) -> None:
    quota = stocked()
    member = quota.licence.member
    hand_out(licence=quota.licence, quantities={quota.item: 100}, collector="王秀兰", by=officer, at=NOW)
    report_use(member=member, item=quota.item, used=60, spoiled=3, note="压坏三个", by=None, at=NOW)
    holding = PackagingHolding.objects.get()
    assert (holding.issued, holding.used, holding.spoiled, holding.remaining) == (100, 60, 3, 37)
    with pytest.raises(NotEnough, match="37"):
        report_use(member=member, item=quota.item, used=38, spoiled=0, note="", by=None, at=NOW)
    assert differences(quota.item.region) == []


@pytest.mark.parametrize(("used", "spoiled", "note"), [(0, 0, "x"), (-1, 2, "x"), (1, 1, " ")])
def test_a_report_says_how_many_and_how_they_were_spoiled(officer, used, spoiled, note) -> None:
    quota = stocked()
    hand_out(licence=quota.licence, quantities={quota.item: 9}, collector="王秀兰", by=officer, at=NOW)
    with pytest.raises(PackagingRefused):
        report_use(
            member=quota.licence.member,
            item=quota.item,
            used=used,
            spoiled=spoiled,
            note=note,
            by=None,
            at=NOW,
        )
    assert PackagingHolding.objects.get().remaining == 9


def test_a_line_of_the_ledger_is_neither_changed_nor_deleted() -> None:
    movement = stocked().item.movements.get()
    for attempt in (
        movement.save,
        movement.delete,
        PackagingMovement.objects.all().delete,
        lambda: PackagingMovement.objects.update(quantity=1),
    ):
        with pytest.raises(LedgerIsFinal):
            attempt()


@pytest.mark.parametrize(
    "change",
    [
        {"remaining": 499},
        {"received": 501},
        {"issued": 1},
        {"adjusted": -1},
        {"spoiled": 500, "remaining": 1},
    ],
)
def test_the_database_keeps_no_stock_that_does_not_add_up(change) -> None:
    stock = stocked().item.stock
    with pytest.raises(IntegrityError), transaction.atomic():
        PackagingStock.objects.filter(pk=stock.pk).update(**change)


@pytest.mark.parametrize("change", [{"used": 1}, {"remaining": 101}, {"issued": 0}, {"remaining": 0}])
def test_the_database_keeps_no_holding_that_does_not_add_up(officer, change) -> None:
    quota = stocked()
    hand_out(licence=quota.licence, quantities={quota.item: 100}, collector="王秀兰", by=officer, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PackagingHolding.objects.update(**change)


@pytest.mark.parametrize(
    "facts",
    [
        {"quantity": 0},
        {"quantity": -5, "after": 495},
        {"after": 499},
        {"kind": "issue", "after": 501},
        {"kind": "count", "quantity": 0, "after": 500},
        {"place": 1},
        {"kind": "use", "after": 500},
    ],
)
def test_the_database_takes_no_line_that_does_not_add_up(facts) -> None:
    item = stocked().item
    line = {"kind": "receipt", "quantity": 1, "before": 500, "after": 501, "place": 2, **facts}
    with pytest.raises(IntegrityError), transaction.atomic():
        PackagingMovement.objects.create(item=item, number="x", at=NOW, **line)


def test_sums_that_were_tampered_with_are_named() -> None:
    quota = stocked()
    PackagingStock.objects.update(received=600, remaining=600)
    type(quota).objects.update(taken=5)
    found = differences(quota.item.region)
    assert len(found) == 2
    assert quota.item.name in found[0]
    assert quota.licence.number in found[1]
