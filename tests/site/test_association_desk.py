"""The member's desk: who may sit at it and for whom, and what stands on it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.pages import links_for
from association.desk import parts
from association.desk.parts import Due, Part, Row, desk_of
from association.desk.words import shown
from brand.activities.places import cancel
from brand.models import Representative
from tests.factories.accounts import UserFactory, person
from tests.factories.activities import ActivityFactory, person_at
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory, RepresentativeFactory
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def coop():
    return MemberFactory(region=county(), name="张家河合作社", slug="zhangjiahe")


@pytest.fixture
def wang(coop):
    return RepresentativeFactory(member=coop).user


def second(user, **facts):
    """Let `user` act for another member too."""
    member = MemberFactory(name="卢医山药业", slug="luyishan", **facts)
    return Representative.objects.create(member=member, user=user, since=NOW).member


def licence_part(member, user, at):
    late = Due("交检查说明", "/members/a/", date(2026, 11, 20), urgent=True)
    soon = Due("续授权", "/members/b/", date(2026, 12, 1))
    return Part("授权", dues=[soon, late], rows=[Row("LC-2026-0001", state="有效", tone="ok")])


def packaging_part(member, user, at):
    return Part("包装", dues=[Due("领走纸箱", "/members/c/", date(2026, 11, 25))], empty="还没领过。")


def nothing(member, user, at):
    return None


def test_signed_out_leads_to_sign_in_and_back(client, coop):
    answer = client.get("/members/?acting_for=zhangjiahe")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/members/%3Facting_for%3Dzhangjiahe"
    assert "no-store" in answer["Cache-Control"]


def test_who_acts_for_nobody_is_told_so_and_shown_the_way(client, coop):
    client.force_login(person("member"))
    answer = client.get("/members/")
    assert answer.status_code == 403
    assert "/brand/join/" in answer.content.decode()


def test_the_desk_names_its_member_and_is_kept_nowhere(client, wang):
    client.force_login(wang)
    answer = client.get("/members/")
    assert "张家河合作社" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_several_members_are_chosen_by_address_and_remembered(client, wang):
    second(wang)
    client.force_login(wang)
    assert client.get("/members/").wsgi_request.member.slug == "zhangjiahe"
    assert client.get("/members/?acting_for=luyishan").wsgi_request.member.slug == "luyishan"
    page = client.get("/members/")
    assert page.wsgi_request.member.slug == "luyishan"
    assert "?acting_for=zhangjiahe" in page.content.decode()


def test_an_address_of_somebody_elses_member_is_refused_and_changes_nothing(client, wang):
    MemberFactory(slug="other")
    client.force_login(wang)
    answer = client.get("/members/?acting_for=other")
    assert answer.status_code == 403
    assert "acting_for" not in client.session
    assert client.get("/members/").status_code == 200


def test_a_remembered_member_that_took_the_person_off_is_forgotten(client, wang):
    luyishan = second(wang)
    client.force_login(wang)
    client.get("/members/?acting_for=luyishan")
    luyishan.representatives.all().delete()
    assert client.get("/members/").wsgi_request.member.slug == "zhangjiahe"


def test_what_is_due_comes_first_late_before_soon(coop, wang, monkeypatch):
    monkeypatch.setattr(
        parts, "PARTS", [f"{__name__}.{name}" for name in ("licence_part", "packaging_part", "nothing")]
    )
    desk = desk_of(coop, wang, NOW)
    assert [due.text for due in desk.dues] == ["交检查说明", "领走纸箱", "续授权"]
    assert [part.title for part in desk.parts] == ["授权", "包装"]


@pytest.mark.parametrize(
    ("due_on", "urgent", "when", "mark"),
    [
        (date(2026, 11, 20), False, "过了 3 天", "late"),
        (date(2026, 11, 23), False, "今天", "soon"),
        (date(2026, 11, 30), False, "还有 7 天", "soon"),
        (date(2026, 12, 1), False, "还有 8 天", "later"),
        (date(2026, 12, 1), True, "还有 8 天", "late"),
        (date(2026, 12, 31), False, "12 月 31 日前", "later"),
        (None, True, "", "late"),
    ],
)
def test_it_is_said_how_soon_something_is_due(due_on, urgent, when, mark):
    one = shown(Due("续授权", "/members/", due_on, urgent), today=date(2026, 11, 23))
    assert (one.when, one.mark) == (when, mark)


def test_a_member_without_a_licence_is_told_where_to_begin(client, coop, wang):
    client.force_login(wang)
    assert "从这里开始" in client.get("/members/").content.decode()
    LicenceFactory(member=coop, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    assert "从这里开始" not in client.get("/members/").content.decode()


def test_an_offered_place_is_due_and_a_taken_one_stands_on_the_desk(client, coop, wang):
    begins = timezone.now() + timedelta(days=3)
    salon = ActivityFactory(
        region=coop.region, starts_at=begins, ends_at=begins + timedelta(hours=2), capacity=1
    )
    first = person_at(salon, 1, at=timezone.now())
    person_at(salon, 2, at=timezone.now(), user=wang, member=coop)
    client.force_login(wang)
    assert "回个话" not in client.get("/members/").content.decode()
    cancel(sign_up=first, at=timezone.now())
    assert f"回个话：来不来“{salon.title}”" in client.get("/members/").content.decode()


def test_the_desk_asks_a_bounded_number_of_questions(client, coop, wang, django_assert_max_num_queries):
    begins = timezone.now() + timedelta(days=3)
    for number in range(6):
        ActivityFactory(region=coop.region, starts_at=begins, ends_at=begins + timedelta(hours=number + 1))
        licence = LicenceFactory(member=coop)
        licence.products.set([ProductFactory(member=coop)])
    client.force_login(wang)
    client.get("/members/")
    with django_assert_max_num_queries(40):
        client.get("/members/")


def test_the_account_page_leads_to_the_desk_for_those_who_have_one(wang):
    assert "/members/" in [link.url for link in links_for(wang)]
    assert "/members/" not in [link.url for link in links_for(UserFactory())]


def test_the_frame_of_the_desk_asks_little(client, wang):
    client.force_login(wang)
    client.get("/members/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/members/")
    own = [q for q in queries.captured_queries if "brand_representative" in q["sql"]]
    assert len(own) == 1
