"""Packaging on the member's desk: ask, look after a request, report, bring back. Only one's own."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from association.desk.packaging import part
from brand.models import Licence, PackagingHolding, PackagingRequest, PackagingReturn
from brand.packaging.deciding import approve_request
from brand.packaging.leaving import hand_out, pick_up
from tests.factories.accounts import person
from tests.factories.brand import RepresentativeFactory
from tests.factories.packaging import PackagingItemFactory, PackagingQuotaFactory, asked, stocked

pytestmark = pytest.mark.django_db
DESK = "/members/packaging/"


@pytest.fixture
def officer():
    return person("brand_officer")


@pytest.fixture
def quota():
    return stocked(500, quantity=400, item__name="潞城大葱提箱", licence__valid_to=date(2099, 1, 1))


@pytest.fixture
def visitor(quota) -> Client:
    client = Client()
    client.force_login(RepresentativeFactory(member=quota.licence.member).user)
    return client


def taken(quota, officer, count: int = 100) -> PackagingHolding:
    hand_out(
        licence=quota.licence, quantities={quota.item: count}, collector="王", by=officer, at=timezone.now()
    )
    return PackagingHolding.objects.get(member=quota.licence.member, item=quota.item)


def send(client, path, **data):
    return client.post(f"{DESK}{path}", data)


def test_asking_leads_to_the_page_of_the_request(visitor, quota) -> None:
    page = visitor.get(f"{DESK}ask/").content.decode()
    assert "额度还剩 400 个" in page
    assert "库里能领 500" in page
    facts = {"licence": quota.licence.number, f"item_{quota.item_id}": 120, "wish": "冬储"}
    answer = visitor.post(f"{DESK}ask/", facts, follow=True)
    request = PackagingRequest.objects.get()
    assert answer.redirect_chain == [(f"{DESK}requests/{request.pk}/", 302)]
    assert request.number in answer.content.decode()
    assert "private" in answer["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]


def test_a_form_sent_twice_asks_once(visitor, quota) -> None:
    facts = {"licence": quota.licence.number, f"item_{quota.item_id}": 120}
    send(visitor, "ask/", **facts)
    again = send(visitor, "ask/", **facts)
    assert again.status_code == 409
    assert PackagingRequest.objects.get().number in again.content.decode()


def test_a_refusal_keeps_what_was_typed(visitor, quota) -> None:
    facts = {"licence": quota.licence.number, f"item_{quota.item_id}": 401, "wish": "冬储装箱"}
    answer = send(visitor, "ask/", **facts)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="401"' in page
    assert "冬储装箱" in page
    assert "还剩 400" in page
    assert not PackagingRequest.objects.exists()


@pytest.mark.parametrize("count", ["-1", "x", "99999999999", "1.5"])
def test_no_number_is_no_request(visitor, quota, count) -> None:
    answer = send(visitor, "ask/", licence=quota.licence.number, **{f"item_{quota.item_id}": count})
    assert answer.status_code == 400
    assert not PackagingRequest.objects.exists()


def test_a_licence_suspended_since_the_form_was_shown_gives_nothing(visitor, quota) -> None:
    Licence.objects.update(state=Licence.State.SUSPENDED)
    facts = {"licence": quota.licence.number, f"item_{quota.item_id}": 1}
    page = visitor.post(f"{DESK}ask/", facts, follow=True).content.decode()
    assert "这份授权现在领不了包装" in page
    assert "暂停" in page
    assert not PackagingRequest.objects.exists()


def test_replaced_artwork_is_not_offered_but_its_successor_named(visitor, quota) -> None:
    quota.item.issue_until = timezone.localdate() - timedelta(days=1)
    quota.item.successor = PackagingItemFactory(name="新版提箱")
    quota.item.save()
    page = visitor.get(f"{DESK}ask/").content.decode()
    assert f"item_{quota.item_id}" not in page
    assert "新版提箱" in page


def test_a_request_says_until_when_it_is_kept_and_gives_its_note_once_picked_up(
    visitor, quota, officer
) -> None:
    request = asked(quota, 10, at=timezone.now())
    approve_request(request=request, granted={}, reason="", by=officer, at=timezone.now())
    own = f"{DESK}requests/{request.pk}/"
    assert "货给你留到" in visitor.get(own).content.decode()
    assert visitor.get(f"{own}note.pdf").status_code == 404
    pick_up(request=request, collector="王", by=officer, at=timezone.now())
    note = visitor.get(f"{own}note.pdf")
    assert note.content.startswith(b"%PDF")
    assert note["Content-Disposition"].startswith("attachment")
    assert note["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in note["Cache-Control"]


def test_a_request_is_withdrawn_once(visitor, quota) -> None:
    request = asked(quota, 10, at=timezone.now())
    own = f"requests/{request.pk}/withdraw/"
    assert visitor.get(f"{DESK}{own}").status_code == 302
    request.refresh_from_db()
    assert request.state == "submitted"
    for _ in range(2):
        assert send(visitor, own).status_code == 302
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_a_report_seen_with_old_figures_is_not_counted_twice(visitor, quota, officer) -> None:
    holding = taken(quota, officer)
    own = f"items/{quota.item_id}/report/"
    facts = {"used": 30, "spoiled": 2, "note": "受潮", "seen": 100}
    assert send(visitor, own, **facts).status_code == 302
    again = send(visitor, own, **facts)
    assert again.status_code == 409
    assert "剩 68" in again.content.decode()
    assert 'value="68"' in again.content.decode()
    holding.refresh_from_db()
    assert (holding.used, holding.spoiled, holding.remaining) == (30, 2, 68)


def test_a_return_is_announced_and_kept_after_all(visitor, quota, officer) -> None:
    taken(quota, officer)
    own = f"items/{quota.item_id}/return/"
    assert send(visitor, own, quantity=101).status_code == 409
    assert send(visitor, own, quantity=40, note="换季").status_code == 302
    back = PackagingReturn.objects.get()
    assert "不退了" in visitor.get(DESK).content.decode()
    send(visitor, f"returns/{back.pk}/withdraw/")
    back.refresh_from_db()
    assert back.state == "withdrawn"


def test_what_belongs_to_another_member_is_not_there(visitor, officer) -> None:
    other = PackagingQuotaFactory(item=stocked(50).item)
    taken(other, officer, 10)
    request = asked(other, 5, at=timezone.now())
    back = PackagingReturn.objects.create(
        member=other.licence.member, item=other.item, quantity=1, announced_at=timezone.now()
    )
    for path in (f"items/{other.item_id}/", f"requests/{request.pk}/", f"requests/{request.pk}/note.pdf"):
        assert visitor.get(f"{DESK}{path}").status_code == 404
    for path in (
        f"requests/{request.pk}/withdraw/",
        f"items/{other.item_id}/report/",
        f"items/{other.item_id}/return/",
        f"returns/{back.pk}/withdraw/",
    ):
        assert send(visitor, path, used=1, quantity=1).status_code == 404
    request.refresh_from_db()
    back.refresh_from_db()
    assert (request.state, back.state) == ("submitted", "announced")


def test_who_acts_for_nobody_stays_outside() -> None:
    for path in ("", "ask/", "statement/", "items/1/", "requests/1/"):
        assert Client().get(f"{DESK}{path}")["Location"].startswith("/accounts/login/")
    client = Client()
    client.force_login(person("trainee"))
    assert client.get(DESK).status_code == 403


def test_the_overview_says_what_is_left_and_who_has_not_reported(visitor, quota, officer) -> None:
    hand_out(
        licence=quota.licence,
        quantities={quota.item: 100},
        collector="王",
        by=officer,
        at=timezone.now() - timedelta(days=31),
    )
    page = visitor.get(DESK).content.decode()
    assert "还有 100 个 在你手里" in page
    assert visitor.get(f"/en{DESK}").status_code == 200


def test_the_month_of_a_member_is_its_own(visitor, quota, officer) -> None:
    taken(quota, officer, 70)
    page = visitor.get(f"{DESK}statement/").content.decode()
    assert "70" in page
    assert visitor.get(f"{DESK}statement/?month=rubbish").status_code == 200


def test_the_desk_says_what_waits_and_what_was_not_reported(
    quota, officer, django_assert_max_num_queries
) -> None:
    now = timezone.now()
    tie = RepresentativeFactory(member=quota.licence.member)
    hand_out(
        licence=quota.licence,
        quantities={quota.item: 9},
        collector="王",
        by=officer,
        at=now - timedelta(days=40),
    )
    approve_request(request=asked(quota, 10, at=now), granted={}, reason="", by=officer, at=now)
    with django_assert_max_num_queries(5):
        found = part(tie.member, tie.user, now)
    assert [due.urgent for due in found.dues] == [False, False]
    assert found.dues[0].due_on == timezone.localdate(now) + timedelta(days=30)
    assert "潞城大葱提箱" in found.dues[1].text
    assert len(found.rows) == 2
    later = part(tie.member, tie.user, now + timedelta(days=28))
    assert later.dues[0].urgent
