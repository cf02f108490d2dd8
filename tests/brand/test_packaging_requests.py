"""Packaging requests: asked, granted, cut or refused, picked up; under a licence in force, within quota."""

from datetime import date, timedelta

import pytest

from brand.acts.models import acts_on
from brand.members.interests import ConflictOfInterest
from brand.models import Licence, PackagingMovement, PackagingQuota, PackagingRequest, PackagingStock
from brand.packaging.asking import withdraw_request
from brand.packaging.deciding import approve_request, refuse_request
from brand.packaging.lapsing import lapse_overdue
from brand.packaging.leaving import hand_out, pick_up
from brand.packaging.quota_setting import set_quota
from brand.packaging.reconciling import differences
from brand.packaging.refusals import NotEnough, PackagingRefused, SettledAlready
from brand.packaging.shelf import write_off
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.brand import MemberFactory, ProductFactory, RegionFactory, RepresentativeFactory
from tests.factories.packaging import NOW, TODAY, PackagingItemFactory, PackagingQuotaFactory, asked, stocked

pytestmark = pytest.mark.django_db
State = PackagingRequest.State


@pytest.fixture
def officer():
    return person("brand_officer")


@pytest.fixture
def quota():
    return stocked(500, quantity=400)


def approve(request, officer, **facts):
    return approve_request(
        request=request, **{"granted": {}, "reason": "", "by": officer, "at": NOW, **facts}
    )


def books(quota) -> tuple[int, int, int, int]:
    """Return stock, promised of it, taken and promised of the quota."""
    stock, kept = PackagingStock.objects.get(item=quota.item), PackagingQuota.objects.get(pk=quota.pk)
    return stock.remaining, stock.promised, kept.taken, kept.promised


def test_what_is_granted_is_set_aside_and_leaves_with_a_note(quota, officer) -> None:
    request = approve(asked(quota, 300), officer)
    assert request.keep_until == date(2026, 12, 23)
    assert books(quota) == (500, 300, 0, 300)
    request = pick_up(request=request, collector=" 王秀兰 ", by=officer, at=NOW)
    assert books(quota) == (200, 0, 300, 0)
    line = PackagingMovement.objects.get(number=request.note_number)
    assert (line.quantity, line.licence, line.member, line.by) == (
        300, quota.licence, quota.licence.member, officer,
    )  # fmt: skip
    assert request.note_number == "LY140406-2026-0001"
    assert [act.verb for act in acts_on(request)] == ["submitted", "approved", "picked_up"]
    assert differences(quota.item.region) == []


def test_less_may_be_granted_with_the_reason(quota, officer) -> None:
    request = asked(quota, 300)
    line = request.lines.get()
    with pytest.raises(PackagingRefused):
        approve(request, officer, granted={line.pk: 200})
    request = approve(request, officer, granted={line.pk: 200}, reason="先紧着中秋要发货的")
    assert books(quota) == (500, 200, 0, 200)
    assert request.lines.get().is_cut
    assert acts_on(request).last().note == "先紧着中秋要发货的"


@pytest.mark.parametrize("granted", [301, -1, 0])
def test_neither_more_than_asked_nor_nothing_is_granted(quota, officer, granted) -> None:
    request = asked(quota, 300)
    with pytest.raises(PackagingRefused):
        approve(request, officer, granted={request.lines.get().pk: granted}, reason="x")
    request.refresh_from_db()
    assert request.state == State.SUBMITTED
    assert books(quota) == (500, 0, 0, 0)


def test_a_refusal_needs_its_reason_and_sets_nothing_aside(quota, officer) -> None:
    request = asked(quota, 300)
    with pytest.raises(PackagingRefused):
        refuse_request(request=request, reason=" ", by=officer, at=NOW)
    refuse_request(request=request, reason="上一批还没报用量", by=officer, at=NOW)
    assert books(quota) == (500, 0, 0, 0)


def test_the_second_of_two_officers_is_told_who_was_first(quota, officer) -> None:
    request = asked(quota, 300)
    first = person("brand_officer", last_name="郝", first_name="国平")
    refuse_request(request=request, reason="缺货", by=first, at=NOW)
    for attempt in (
        lambda: approve(request, officer),
        lambda: refuse_request(request=request, reason="x", by=officer, at=NOW),
    ):
        with pytest.raises(SettledAlready, match="郝国平"):
            attempt()
    assert books(quota) == (500, 0, 0, 0)


def test_it_is_picked_up_once(quota, officer) -> None:
    request = approve(asked(quota, 300), officer)
    pick_up(request=request, collector="王", by=officer, at=NOW)
    with pytest.raises(SettledAlready):
        pick_up(request=request, collector="王", by=officer, at=NOW)
    assert books(quota) == (200, 0, 300, 0)


def test_what_one_member_was_promised_another_does_not_get(officer) -> None:
    quota = stocked(500)
    other = PackagingQuotaFactory(item=quota.item)
    approve(asked(quota, 300), officer)
    with pytest.raises(NotEnough, match="200"):
        approve(asked(other, 201), officer)
    assert books(other) == (500, 300, 0, 0)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": Licence.State.SUSPENDED}, "暂停"),
        ({"state": Licence.State.REVOKED}, "撤销"),
        ({"valid_to": date(2026, 11, 22)}, "11 月 22 日"),
        ({"valid_from": date(2026, 11, 24)}, "11 月 24 日"),
    ],
)
def test_without_a_licence_in_force_nothing_is_asked_granted_or_handed_out(
    quota, officer, facts, words
) -> None:
    waiting, ready = asked(quota, 10), approve(asked(quota, 20), officer)
    Licence.objects.filter(pk=quota.licence_id).update(**facts)
    for attempt in (
        lambda: asked(quota, 10),
        lambda: approve(waiting, officer),
        lambda: pick_up(request=ready, collector="王", by=officer, at=NOW),
        lambda: hand_out(
            licence=quota.licence, quantities={quota.item: 1}, collector="王", by=officer, at=NOW
        ),
    ):
        with pytest.raises(PackagingRefused, match=words):
            attempt()
    assert books(quota) == (500, 20, 0, 20)


def test_old_artwork_leaves_until_its_last_day(quota, officer) -> None:
    item, ready = quota.item, approve(asked(quota, 20), officer)
    item.successor = PackagingItemFactory(name="新版提箱")
    item.issue_until = TODAY
    item.save()
    asked(quota, 1)
    item.issue_until = TODAY - timedelta(days=1)
    item.save()
    with pytest.raises(PackagingRefused, match="新版提箱"):
        asked(quota, 1)
    with pytest.raises(PackagingRefused, match="11 月 22 日"):
        pick_up(request=ready, collector="王", by=officer, at=NOW)
    assert books(quota) == (500, 20, 0, 20)


def test_an_item_printed_for_a_product_needs_a_licence_for_it(officer) -> None:
    quota = stocked(item=PackagingItemFactory(product=ProductFactory(name="旱地西红柿")))
    with pytest.raises(PackagingRefused, match="旱地西红柿"):
        asked(quota, 1)
    quota.licence.products.add(quota.item.product)
    assert asked(quota, 1).state == State.SUBMITTED


def test_nothing_is_asked_beyond_the_quota_or_without_one(quota) -> None:
    with pytest.raises(PackagingRefused, match="400"):
        asked(quota, 401)
    other = PackagingItemFactory()
    quota.item = other
    with pytest.raises(PackagingRefused, match=other.name):
        asked(quota, 1)
    assert not PackagingRequest.objects.exists()


def test_a_licence_of_another_member_is_refused(quota) -> None:
    with pytest.raises(PackagingRefused):
        asked(quota, 1, member=MemberFactory())


def test_nobody_decides_or_hands_out_for_their_own_company(quota) -> None:
    own = RepresentativeFactory(member=quota.licence.member, user=person("brand_officer")).user
    request = asked(quota, 1)
    for attempt in (
        lambda: approve(request, own),
        lambda: refuse_request(request=request, reason="x", by=own, at=NOW),
        lambda: pick_up(request=request, collector="x", by=own, at=NOW),
        lambda: hand_out(licence=quota.licence, quantities={quota.item: 1}, collector="x", by=own, at=NOW),
        lambda: set_quota(licence=quota.licence, item=quota.item, quantity=9999, by=own, at=NOW),
    ):
        with pytest.raises(ConflictOfInterest):
            attempt()
    assert books(quota) == (500, 0, 0, 0)


def test_withdrawn_or_not_picked_up_in_time_it_is_free_again(quota, officer) -> None:
    withdrawn, late = approve(asked(quota, 100), officer), approve(asked(quota, 50), officer)
    withdraw_request(request=withdrawn, by=None, at=NOW)
    assert books(quota) == (500, 50, 0, 50)
    assert lapse_overdue(at=NOW + timedelta(days=30)) == 0
    assert lapse_overdue(at=NOW + timedelta(days=33)) == 1  # also after days on which nothing ran
    assert lapse_overdue(at=NOW + timedelta(days=34)) == 0
    assert books(quota) == (500, 0, 0, 0)
    late.refresh_from_db()
    assert late.state == State.LAPSED
    with pytest.raises(SettledAlready):
        withdraw_request(request=late, by=None, at=NOW)


def test_what_was_promised_and_spoiled_since_cannot_be_picked_up(quota, officer) -> None:
    request = approve(asked(quota, 300), officer)
    write_off(item=quota.item, quantity=300, reason="漏雨", by=officer, at=NOW)
    with pytest.raises(NotEnough, match="200"):
        pick_up(request=request, collector="王", by=officer, at=NOW)
    assert books(quota) == (200, 300, 0, 300)


def test_over_the_counter_it_is_asked_granted_and_handed_out_in_one(quota, officer) -> None:
    request = hand_out(
        licence=quota.licence, quantities={quota.item: 30}, collector="王秀兰", by=officer, at=NOW
    )
    assert request.state == State.PICKED_UP
    assert books(quota) == (470, 0, 30, 0)
    with pytest.raises(PackagingRefused, match="370"):
        hand_out(licence=quota.licence, quantities={quota.item: 371}, collector="x", by=officer, at=NOW)
    assert PackagingRequest.objects.count() == 1


def test_a_quota_is_never_less_than_what_was_taken_and_promised(quota, officer) -> None:
    hand_out(licence=quota.licence, quantities={quota.item: 30}, collector="王", by=officer, at=NOW)
    approve(asked(quota, 20), officer)
    with pytest.raises(NotEnough, match="30"):
        set_quota(licence=quota.licence, item=quota.item, quantity=49, by=officer, at=NOW)
    set_quota(licence=quota.licence, item=quota.item, quantity=50, by=officer, at=NOW)
    quota.refresh_from_db()
    assert (quota.quantity, quota.left) == (50, 0)
    foreign = PackagingItemFactory(region=RegionFactory(slug="daning", adcode="141030", name="大宁"))
    with pytest.raises(PackagingRefused):
        set_quota(licence=quota.licence, item=foreign, quantity=1, by=officer, at=NOW)


def test_everybody_concerned_is_told(quota, officer, django_capture_on_commit_callbacks) -> None:
    member = RepresentativeFactory(member=quota.licence.member).user
    with django_capture_on_commit_callbacks(execute=True):
        request = asked(quota, 300)
    with django_capture_on_commit_callbacks(execute=True):
        approve(request, officer, granted={request.lines.get().pk: 250}, reason="先紧着要发货的。")
    told = {notice.user: notice for notice in Notice.objects.all()}
    assert told[officer].kind == "packaging_asked"
    assert told[member].kind == "packaging_cut"
    assert "先紧着要发货的" in told[member].text
    assert "250" in told[member].text
    assert told[member].url.startswith(f"/members/packaging/requests/{request.pk}/?acting_for=")


def test_low_stock_is_told_once_until_the_shelf_is_filled_up(
    officer, django_capture_on_commit_callbacks
) -> None:
    def spoil(count: int) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            write_off(item=item, quantity=count, reason="受潮", by=None, at=NOW + timedelta(minutes=count))

    item = PackagingItemFactory(low_level=100)
    item = stocked(200, item=item).item
    spoil(99)
    assert Notice.objects.count() == 0
    spoil(1)
    spoil(2)
    assert [notice.kind for notice in Notice.objects.all()] == ["packaging_low"]
    stocked(50, item=item)
    spoil(60)
    assert Notice.objects.count() == 2
