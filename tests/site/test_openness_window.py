"""Disclosures: their period, what stands in the window, what is refused, and the turn of the day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from accounts.groups import sync_roles
from changes.models import Change
from lib.workdays import after_working_days, is_working_day, working_days
from openness.disclosures.models import DisclosurePage, OpennessPage
from openness.disclosures.standing import Standing, share_passed, standing_is, standing_of
from openness.disclosures.turning import turn_periods
from openness.models import DisclosurePaper
from tests.factories.accounts import person
from tests.factories.openness import NOW, disclosure, window
from tests.factories.pages import county, news_index, post

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def board() -> OpennessPage:
    return window(county())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # national day, a Thursday
        (date(2026, 10, 10), True),  # a Saturday worked in its place
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_working_days_follow_the_holidays_of_the_state_council(day, works):
    assert is_working_day(day) is works


def test_working_days_are_counted_from_both_ends():
    assert working_days(date(2026, 11, 20), date(2026, 11, 26)) == 5
    assert working_days(date(2026, 11, 26), date(2026, 11, 20)) == 0
    assert after_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)


STANDINGS = [
    ({"opens_on": date(2026, 11, 24), "closes_on": date(2026, 11, 30)}, Standing.UPCOMING),
    ({"opens_on": TODAY, "closes_on": TODAY}, Standing.OPEN),
    ({"opens_on": date(2026, 11, 16), "closes_on": date(2026, 11, 22)}, Standing.ENDED),
    ({"closes_on": None}, Standing.LASTING),
    ({"withdrawn_on": TODAY, "withdrawn_why": "金额写错了"}, Standing.WITHDRAWN),
    ({"withdrawn_on": date(2026, 11, 24), "withdrawn_why": "金额写错了"}, Standing.OPEN),
]


@pytest.mark.parametrize(("facts", "standing"), STANDINGS)
def test_a_disclosure_stands_where_its_dates_say_and_the_list_agrees(board, facts, standing):
    page = disclosure(board, "subsidies", **facts)
    assert standing_of(page, on=TODAY) == standing
    found = [each for each in Standing if DisclosurePage.objects.filter(standing_is(each, on=TODAY)).exists()]
    assert found == [standing]


def test_how_much_of_a_period_has_passed(board):
    page = disclosure(board, "subsidies", opens_on=date(2026, 11, 21), closes_on=date(2026, 11, 24))
    shares = [share_passed(page, on=date(2026, 11, 20) + timedelta(days)) for days in range(6)]
    assert shares == [0, 0, 25, 50, 75, 100]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"closes_on": date(2026, 11, 19)}, "closes_on"),
        ({"kind": "acceptance", "closes_on": date(2026, 11, 25)}, "closes_on"),
        ({"withdrawn_on": TODAY}, "withdrawn_why"),
    ],
)
def test_a_period_that_is_none_or_too_short_is_refused_in_words(board, facts, field):
    given = {"opens_on": date(2026, 11, 20), "closes_on": date(2026, 11, 27), **facts}
    page = DisclosurePage(title="x", slug="x", issuer="y", intro="z", **given)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == [field]


def test_acceptance_may_stand_for_five_working_days(board):
    page = disclosure(board, "works", kind="acceptance", closes_on=date(2026, 11, 26))
    page.full_clean(exclude=["path", "depth"])


@time_machine.travel(NOW, tick=False)
def test_the_window_shows_what_is_open_first_and_filters(client: Client, board):
    disclosure(board, "newest", title="最新的", kind="policy", opens_on=TODAY, closes_on=None)
    disclosure(board, "open", title="正在公示")
    disclosure(board, "old", title="去年的", opens_on=date(2025, 3, 3), closes_on=date(2025, 3, 12))
    disclosure(board, "draft", title="草稿", live=False)
    words = client.get("/openness/").content.decode()
    assert words.index("正在公示") < words.index("最新的") < words.index("去年的") and "草稿" not in words
    assert "5 个工作日" in words
    for query, seen in [("kind=policy", "最新的"), ("state=ended", "去年的"), ("year=2025", "去年的")]:
        words = client.get(f"/openness/?{query}").content.decode()
        assert [title for title in ("正在公示", "最新的", "去年的") if title in words] == [seen]
    assert client.get("/openness/?kind=x&state=y&year=zz&page=999999").status_code == 200
    assert client.get("/openness/?year=0000").status_code == 200, "no calendar has such a year"


@time_machine.travel(NOW, tick=False)
def test_a_disclosure_shows_period_papers_and_the_way_to_say_something(client: Client, board):
    page = disclosure(board, "subsidies", number="潞商发〔2026〕12 号")
    document = Document.objects.create(title="奖补名单", file=ContentFile(b"%PDF-1.7", "list.pdf"))
    DisclosurePaper.objects.create(page=page, document=document, sort_order=0)
    words = client.get("/openness/2026/subsidies/").content.decode()
    for said in ("潞商发〔2026〕12 号", "奖补名单", "PDF", f"/openness/letters/about/{page.pk}/"):
        assert said in words, said
    assert client.get("/openness/2025/subsidies/").status_code == 404
    page.withdrawn_on, page.withdrawn_why = TODAY, "金额写错了，重新公示"
    page.save_revision().publish()
    words = client.get("/openness/2026/subsidies/").content.decode()
    assert "金额写错了，重新公示" in words and "letters/about" not in words


def test_a_paper_comes_with_its_disclosure_however_its_address_is_guessed(client: Client, board):
    page = disclosure(board, "subsidies", live=False)
    document = Document.objects.create(title="奖补名单", file=ContentFile(b"%PDF-1.7", "list.pdf"))
    DisclosurePaper.objects.create(page=page, document=document, sort_order=0)
    other = Document.objects.create(title="手册", file=ContentFile(b"%PDF-1.7", "book.pdf"))
    assert client.get(document.url).status_code == 404
    assert client.get(other.url).status_code == 200, "what no disclosure names is as it was"
    page.save_revision().publish()
    assert client.get(document.url).status_code == 200
    page.refresh_from_db()
    page.unpublish()
    assert client.get(document.url).status_code == 404
    sync_roles()
    client.force_login(person("editor"))
    assert client.get(document.url).status_code == 200


def paper(name: str) -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"%PDF-1.7", f"{name}.pdf"))


def test_a_paper_of_a_draft_waits_for_its_approval_though_the_disclosure_is_public(client: Client, board):
    page = disclosure(board, "subsidies")
    draft, linked = paper("draft"), paper("linked")
    page.papers.add(DisclosurePaper(document=draft))
    page.body = [("text", f'<p><a linktype="document" id="{linked.pk}">名单</a></p>')]
    waiting = page.save_revision()
    assert [client.get(each.url).status_code for each in (draft, linked)] == [404, 404]
    waiting.publish()
    assert [client.get(each.url).status_code for each in (draft, linked)] == [200, 200]


def test_a_paper_taken_out_or_deleted_with_its_disclosure_is_not_served_again(client: Client, board):
    page, taken, kept = disclosure(board, "subsidies"), paper("taken"), paper("kept")
    page.papers.add(DisclosurePaper(document=taken), DisclosurePaper(document=kept))
    page.save_revision().publish()
    page.refresh_from_db()
    page.papers.set([DisclosurePaper(document=kept)])
    page.save_revision().publish()
    assert client.get(taken.url).status_code == 404 and client.get(kept.url).status_code == 200
    page.delete()
    assert client.get(kept.url).status_code == 404


def test_what_was_public_elsewhere_stays_so_when_a_disclosure_names_it(client: Client, board):
    document = paper("rules")
    link = [("text", f'<p><a linktype="document" id="{document.pk}">规则</a></p>')]
    written = post(news_index(board.get_site().region), "rules", body=link)
    page = disclosure(board, "subsidies", live=False)
    page.papers.add(DisclosurePaper(document=document))
    page.save_revision()
    assert client.get(document.url).status_code == 200
    written.unpublish()
    assert client.get(document.url).status_code == 404


@time_machine.travel(NOW, tick=False)
def test_the_list_takes_as_many_queries_for_one_as_for_many(
    client: Client, board, django_assert_max_num_queries
):
    for number in range(14):
        disclosure(board, f"number-{number}")
    client.get("/openness/")
    with django_assert_max_num_queries(10):
        client.get("/openness/?page=1")


def test_the_pages_are_cleared_when_a_period_begins_or_ends_by_itself(board):
    disclosure(board, "begins", opens_on=date(2026, 11, 24), closes_on=date(2026, 12, 1))
    disclosure(board, "ends", closes_on=TODAY)
    turn_periods(at=NOW)  # the one that is open began some days ago
    before = Change.objects.count()
    assert turn_periods(at=NOW + timedelta(minutes=1)) == 0
    assert turn_periods(at=NOW + timedelta(days=1)) == 2
    assert Change.objects.count() == before + 2
    assert turn_periods(at=NOW + timedelta(days=1, minutes=1)) == 0


def test_nobody_publishes_a_disclosure_by_a_button(board):
    page = disclosure(board, "subsidies", live=False)
    sync_roles()  # rights on the pages that are there now
    for role in ("editor", "reviewer"):
        assert not page.permissions_for_user(person(role)).can_publish()
        assert not board.permissions_for_user(person(role)).can_publish_subpage()
