"""Readers are counted, not followed: the page tells once, native code adds up, days keep the sums."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import DatabaseError
from django.utils import timezone

from news.counting import ceiling, views
from news.counting.beacon import Beacon
from news.counting.ceiling import Ceiling
from news.counting.figures import views_by_day, views_of
from news.counting.popular import find_popular
from news.counting.views import Tally, count_views
from news.models import PopularPost, PostViews
from tests.factories.pages import county, news_index, post

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture
def index(db):
    return news_index(county())


@pytest.fixture
def page(index):
    return post(index, "peitu", title="培土")


class Sums(Tally):
    """Stands for the tally of a process: what the beacon counts, nothing is written."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def add(self, post, *, at):
        self.seen.append(post)


def tell(beacon, body=b"7", *, method="POST", client="198.51.100.7", **headers):
    named = {"host": "lucheng.localhost", "origin": "http://lucheng.localhost", "user-agent": "Mozilla/5.0"}
    scope = {
        "method": method,
        "client": (client, 1234),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in {**named, **headers}.items() if v],
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": body}

    async def send(message):
        sent.append(message)

    async def run():
        await beacon(scope, receive, send)
        if beacon._timer:
            beacon._timer.cancel()
            beacon._timer = None

    asyncio.run(run())
    return sent[0]["status"], dict(sent[0]["headers"])


def test_a_page_that_is_read_counts_and_gets_no_cookie():
    beacon = Beacon(Sums())
    status, headers = tell(beacon)
    assert (status, beacon.tally.seen) == (204, [7])
    assert set(headers) == {b"cache-control"}


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"body": b"x"}, 400),
        ({"body": b""}, 400),
        ({"body": b"7" * 17}, 400),
        ({"body": "７".encode()}, 400),
        ({"origin": "https://elsewhere.example"}, 400),
        ({"origin": ""}, 400),
        ({"method": "GET"}, 405),
        ({"user_agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"}, 204),
    ],
)
def test_what_is_no_reader_counts_nothing(facts, status):
    beacon = Beacon(Sums())
    answered, _headers = tell(beacon, **{k.replace("user_agent", "user-agent"): v for k, v in facts.items()})
    assert (answered, beacon.tally.seen) == (status, [])


def test_one_address_counts_a_post_so_often_and_no_more(monkeypatch):
    monkeypatch.setattr(ceiling, "ALLOWED", 2)
    beacon = Beacon(Sums())
    for _ in range(4):
        tell(beacon)
    tell(beacon, b"8")
    tell(beacon, client="2001:db8::1")
    assert beacon.tally.seen == [7, 7, 8, 7]


def test_the_marks_of_addresses_are_thrown_away_every_half_hour():
    marks = Ceiling()
    assert all(marks.allows(address="198.51.100.7", post=1, at=NOW) for _ in range(ceiling.ALLOWED))
    assert not marks.allows(address="198.51.100.7", post=1, at=NOW)
    assert marks.allows(address="198.51.100.7", post=1, at=NOW + timedelta(minutes=30))
    assert len(marks._counts) == 1


def test_no_flood_of_addresses_fills_the_memory(monkeypatch):
    monkeypatch.setattr(ceiling, "MOST_MARKS", 10)
    marks = Ceiling()
    for number in range(99):
        marks.allows(address=f"198.51.100.{number}", post=1, at=NOW)
    assert len(marks._counts) <= 10


def test_sums_go_to_the_day_of_the_county(page):
    tally = Tally()
    tally.add(page.pk, at=datetime(2026, 11, 22, 15, 59, tzinfo=UTC))
    tally.add(page.pk, at=datetime(2026, 11, 22, 16, 1, tzinfo=UTC))
    tally.add(page.pk, at=NOW)
    tally.write()
    tally.write()
    assert views_by_day([page.pk], first=date(2026, 11, 22), last=DAY) == {date(2026, 11, 22): 1, DAY: 2}
    count_views({(DAY, page.pk): 5})
    assert views_of([page.pk], first=DAY, last=DAY) == {page.pk: 7}


def test_numbers_made_up_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr("news.counting.views.MOST_POSTS", 3)
    tally = Tally()
    for number in (1, 2, 3, 4, 5, 1):
        tally.add(number, at=NOW)
    assert tally._counts == {(DAY, 1): 2, (DAY, 2): 1, (DAY, 3): 1}


def test_what_is_no_public_post_is_left_out(page, index):
    draft = post(index, "draft", live=False)
    count_views({(DAY, page.pk): 1, (DAY, draft.pk): 1, (DAY, 999_999): 1})
    assert list(PostViews.objects.values_list("post", "count")) == [(page.pk, 1)]


def test_what_cannot_be_written_waits(page, monkeypatch):
    def refuse(_sums):
        raise DatabaseError

    tally = Tally()
    tally.add(page.pk, at=NOW)
    monkeypatch.setattr(views, "count_views", refuse)
    tally.write()
    monkeypatch.undo()
    tally.add(page.pk, at=NOW)
    tally.write()
    assert PostViews.objects.get().count == 2


@pytest.mark.django_db(transaction=True)
def test_the_end_of_the_process_writes_what_it_has():
    page = post(news_index(county()), "peitu")
    beacon = Beacon()
    beacon.tally.add(page.pk, at=NOW)
    async_to_sync(beacon.stop)()
    assert PostViews.objects.get().count == 1


def test_posts_tell_and_the_pages_stay_the_same_for_everybody(client, page):
    answer = client.get("/news/2026/peitu/")
    text = answer.content.decode()
    assert f'data-post="{page.pk}"' in text
    assert "news/seen.js" in text
    assert "csrf" not in text.lower() and not answer.cookies


def test_the_list_shows_what_was_read_most_this_month(client, index):
    much, little, old = (post(index, slug, title=f"题目{slug}") for slug in ("much", "little", "old"))
    today = timezone.localdate()
    count_views({(today, much.pk): 9, (today - timedelta(days=29), little.pk): 3})
    count_views({(today - timedelta(days=30), old.pk): 99})
    find_popular(on=today)
    assert list(PopularPost.objects.values_list("post", "count")) == [(much.pk, 9), (little.pk, 3)]
    shown = client.get("/news/").content.decode().partition('class="popular"')[2].partition("</ol>")[0]
    assert shown.index("题目much") < shown.index("题目little")
    assert "9 次阅读" in shown and "题目old" not in shown
    much.unpublish()
    shown = client.get("/news/").content.decode().partition('class="popular"')[2].partition("</ol>")[0]
    assert "题目much" not in shown and "题目little" in shown


def test_each_county_has_its_own_most_read(index):
    other = news_index(county("daning", default=False, adcode="141030"))
    here, there = post(index, "here"), post(other, "there")
    count_views({(DAY, here.pk): 1, (DAY, there.pk): 50})
    find_popular(on=DAY)
    assert PopularPost.objects.filter(post__index=index).get().post_id == here.pk
    assert PopularPost.objects.count() == 2
