"""Returns and stock-takes: counted before they count."""

import pytest

from brand.models import (
    PackagingHolding,
    PackagingMovement,
    PackagingQuota,
    PackagingReturn,
    PackagingStock,
    StockTake,
)
from brand.packaging.counting import close_take, enter_counts, open_take
from brand.packaging.leaving import hand_out
from brand.packaging.reconciling import differences
from brand.packaging.refusals import NotEnough, PackagingRefused, SettledAlready
from brand.packaging.reporting import report_use
from brand.packaging.returning import announce_return, take_back, take_back_at_once, withdraw_return
from brand.packaging.shelf import write_off
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, RegionFactory
from tests.factories.packaging import NOW, PackagingItemFactory, PackagingQuotaFactory, stocked

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person("brand_officer")


@pytest.fixture
def taken(officer):
    """A quota of which 100 were handed out."""
    quota = stocked(500, quantity=400)
    hand_out(licence=quota.licence, quantities={quota.item: 100}, collector="王", by=officer, at=NOW)
    return quota


def announce(quota, count):
    return announce_return(
        member=quota.licence.member, item=quota.item, quantity=count, note="换季", by=None, at=NOW
    )


def test_what_comes_back_good_is_on_the_shelf_and_frees_quota(taken, officer) -> None:
    back = take_back(back=announce(taken, 40), good=30, damaged=6, by=officer, at=NOW)
    holding, stock = PackagingHolding.objects.get(), PackagingStock.objects.get(item=taken.item)
    assert (holding.returned, holding.spoiled, holding.remaining) == (30, 6, 64)
    assert (stock.remaining, stock.returned) == (430, 30)
    assert PackagingQuota.objects.get(pk=taken.pk).taken == 70
    assert (back.state, back.number) == (PackagingReturn.State.TAKEN, "TH140406-2026-0001")
    assert differences(taken.item.region) == []


def test_a_return_is_taken_back_once_and_never_more_than_announced(taken, officer) -> None:
    back = announce(taken, 40)
    for good, damaged in ((41, 0), (39, 2), (0, 0), (-1, 2)):
        with pytest.raises(PackagingRefused):
            take_back(back=back, good=good, damaged=damaged, by=officer, at=NOW)
    take_back(back=back, good=40, damaged=0, by=officer, at=NOW)
    with pytest.raises(SettledAlready):
        take_back(back=back, good=1, damaged=0, by=officer, at=NOW)
    with pytest.raises(SettledAlready):
        withdraw_return(back=back)
    assert PackagingStock.objects.get(item=taken.item).remaining == 440


def test_the_same_boxes_are_not_announced_twice(taken) -> None:
    first = announce(taken, 60)
    with pytest.raises(NotEnough, match="40"):
        announce(taken, 41)
    withdraw_return(back=first)
    announce(taken, 100)


def test_what_was_used_since_cannot_come_back(taken, officer) -> None:
    back = announce(taken, 60)
    report_use(member=taken.licence.member, item=taken.item, used=70, spoiled=0, note="", by=None, at=NOW)
    with pytest.raises(NotEnough):
        take_back(back=back, good=60, damaged=0, by=officer, at=NOW)
    assert PackagingHolding.objects.get().remaining == 30
    assert PackagingQuota.objects.get(pk=taken.pk).taken == 100


def test_quota_is_freed_on_the_newest_licence_first(taken, officer) -> None:
    renewed = LicenceFactory(member=taken.licence.member, valid_from="2026-06-01")
    newer = PackagingQuotaFactory(licence=renewed, item=taken.item, quantity=50)
    hand_out(licence=renewed, quantities={taken.item: 20}, collector="王", by=officer, at=NOW)
    take_back_at_once(
        member=taken.licence.member, item=taken.item, good=50, damaged=0, note="", by=officer, at=NOW
    )
    assert PackagingQuota.objects.get(pk=newer.pk).taken == 0
    assert PackagingQuota.objects.get(pk=taken.pk).taken == 70
    assert differences(taken.item.region) == []


def test_a_stock_take_puts_right_what_differs_and_says_why(officer) -> None:
    short, right = stocked(500).item, stocked(200).item
    uncounted = PackagingItemFactory()
    take = open_take(region=short.region, by=officer, at=NOW)
    count = {row.item_id: row for row in take.counts.all()}
    assert count.keys() == {short.pk, right.pk, uncounted.pk}
    enter_counts(take=take, entered={count[short.pk].pk: (493, ""), count[right.pk].pk: (200, "")})
    with pytest.raises(PackagingRefused, match=short.name):
        close_take(take=take, by=officer, at=NOW)
    enter_counts(take=take, entered={count[short.pk].pk: (493, "堆底压坏没登")})
    moved = close_take(take=take, by=officer, at=NOW)
    assert [(line.item, line.quantity, line.after, line.note) for line in moved] == [
        (short, -7, 493, "堆底压坏没登")
    ]
    assert PackagingMovement.objects.filter(number=take.number).count() == 1
    assert differences(short.region) == []


def test_a_county_counts_once_at_a_time_and_closes_once(officer) -> None:
    item = stocked(10).item
    take = open_take(region=item.region, by=officer, at=NOW)
    with pytest.raises(SettledAlready):
        open_take(region=item.region, by=officer, at=NOW)
    with pytest.raises(PackagingRefused):
        close_take(take=take, by=officer, at=NOW)
    enter_counts(take=take, entered={take.counts.get().pk: (10, "")})
    assert close_take(take=take, by=officer, at=NOW) == []
    for attempt in (
        lambda: close_take(take=take, by=officer, at=NOW),
        lambda: enter_counts(take=take, entered={}),
    ):
        with pytest.raises(SettledAlready):
            attempt()
    assert open_take(region=item.region, by=officer, at=NOW).number == "PD140406-2026-0002"


def test_what_leaves_after_the_count_is_not_counted_twice(officer) -> None:
    item = stocked(100).item
    take = open_take(region=item.region, by=officer, at=NOW)
    enter_counts(take=take, entered={take.counts.get().pk: (95, "少五个")})
    write_off(item=item, quantity=10, reason="受潮", by=officer, at=NOW)
    close_take(take=take, by=officer, at=NOW)
    assert PackagingStock.objects.get(item=item).remaining == 85


def test_a_county_without_packaging_has_nothing_to_count(officer) -> None:
    stocked(1)
    other = RegionFactory(slug="daning", adcode="141030", name="大宁")
    with pytest.raises(PackagingRefused):
        open_take(region=other, by=officer, at=NOW)
    assert not StockTake.objects.exists()
