"""A post with every block there is: few reads when it is shown, and none for each block."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from changes import version
from changes.kept import kept
from cms.frame import frame
from news.blocks import block_names
from news.films.models import PostFilm
from news.models import NewsTopicPage
from telemetry import vocabulary
from telemetry.live import metric_faces
from telemetry.models import Reading
from tests.factories.brand import ProductFactory
from tests.factories.pages import add, county, course, news_index, post, training_index
from tests.factories.record import BaseFactory
from tests.factories.telemetry import DeviceFactory

pytestmark = pytest.mark.django_db
MOST = 12  # queries of a page that nobody has asked for since a change, all of its frame included


def picture(number: int):
    image = get_image_model()
    return image.objects.create(title=f"培土 {number}", file=get_test_image_file(f"p{number}.png"))


def film(region, number: int) -> PostFilm:
    return PostFilm.objects.create(
        region=region, title=f"起葱 {number}", words="没有旁白。", video=f"films/{number}.mp4",
        poster=f"films/{number}.jpg", width=640, height=360, seconds=8,
    )  # fmt: skip


def paper(number: int) -> Document:
    made = Document(title=f"台账 {number}", file=ContentFile(b"x" * 2048, name=f"ledger{number}.csv"))
    made.file_size = 2048
    made.save()
    return made


def blocks(region, lessons, number: int) -> list[tuple[str, object]]:
    """Return one of each block; everything they show is of its own."""
    product = ProductFactory(region=region, image=picture(100 + number))
    base = DeviceFactory(base=BaseFactory(region=region)).base
    taught = course(lessons, f"course-{number}", image=picture(200 + number))
    gallery = [{"image": picture(300 + 2 * number + side), "alt": "", "caption": "垄"} for side in (0, 1)]
    return [
        ("heading", "为什么是三遍"),
        ("text", f'<p>看<a linktype="page" id="{taught.pk}">这一课</a>。</p>'),
        ("picture", {"image": picture(400 + number), "caption": "土"}),
        ("gallery", {"pictures": gallery, "credit": "周敏"}),
        ("quote", {"text": "土埋多深", "who": "老李"}),
        ("table", {"cells": "几点|做什么\n6:30|起葱", "first_row_names": True, "caption": "一天"}),
        ("attachment", {"document": paper(number), "title": ""}),
        ("video", {"film": film(region, number), "address": "", "caption": "看起葱"}),
        ("facts", {"rows": [{"name": "在哪", "value": "张家河村"}]}),
        ("product_card", {"product": product, "note": "当天起的"}),
        ("base_live", {"title": "此刻的地里", "base": base}),
        ("course_card", {"course": taught, "note": ""}),
        ("licence_call", {"check": "licence", "title": "查一查", "text": ""}),
        ("action", {"title": "来看看", "link": {"label": "去课堂", "page": taught}}),
    ]


def written(index, slug: str, body, day: date, **facts):
    region = index.get_site().region
    index.refresh_from_db()
    page = post(index, slug, body=body, published_on=day, image=picture(day.day), **facts)
    page.products.set([ProductFactory(region=region, image=picture(500 + day.day))])
    page.tags.add("手艺")
    page.topics.set([add(index, NewsTopicPage(title="系列", slug=f"series-{slug}", intro="三遍土"))])
    page.base = BaseFactory(region=region)
    page.save()
    return page


def reads(client, slug: str) -> list[str]:
    """Return what is read for a page that nobody has asked for since the last change."""
    address, host = f"/news/2026/{slug}/", {"host": "lucheng.localhost"}
    assert client.get(address, headers=host).status_code == 200  # makes the renditions
    kept.forget()
    frame.forget()
    return read_again(client, slug)


def read_again(client, slug: str) -> list[str]:
    """Return what is read for a page that somebody signed in asks for, past the page cache."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/news/2026/{slug}/", headers={"host": "lucheng.localhost"})
    assert answer.status_code == 200
    return [each["sql"] for each in captured.captured_queries]


@pytest.fixture
def two_posts(client, monkeypatch):
    """Return the list of posts: one post with each block once, one with each three times."""
    for remembered in (vocabulary, metric_faces):  # a minute would end between two posts on a slow machine
        monkeypatch.setattr(remembered, "REMEMBERED_FOR", float("inf"))
    region = county()
    index, lessons = news_index(region), training_index(region)
    day = date(2026, 11, 18)
    for number in range(4):
        written(index, f"beside-{number}", [], day - timedelta(days=number + 3))
    one = blocks(region, lessons, 1)
    assert {name for name, _value in one} == block_names()
    written(index, "one", one, day)
    many = [each for number in (2, 3, 4) for each in blocks(region, lessons, number)]
    written(index, "many", many, day + timedelta(days=1))
    return index


def test_three_of_each_block_are_shown_with_no_more_reads_than_one(client, two_posts) -> None:
    few, many = reads(client, "one"), reads(client, "many")
    assert len(few) <= MOST, "\n".join(few)
    assert len(many) == len(few), "\n".join(many)


def test_what_stands_around_a_post_is_kept_until_anything_changes(client, two_posts, settings) -> None:
    settings.KEEP_READ_SECONDS = 30
    first = reads(client, "one")
    again = read_again(client, "one")
    assert len(again) <= len(first) - 6, "\n".join(again)
    version.see(version.seen() + 1)  # what following the outbox does, at most half a second after a change
    assert len(read_again(client, "one")) >= len(again) + 5


def test_a_link_in_each_text_leads_where_it_did(client, two_posts) -> None:
    text = client.get("/news/2026/many/", headers={"host": "lucheng.localhost"}).content.decode()
    for number in (2, 3, 4):
        assert f'/training/course-{number}/">这一课</a>' in text
    assert "between paragraphs" not in text


def test_each_station_shows_its_own_newest_reading(client) -> None:
    region, at = county(), timezone.now()
    devices = [DeviceFactory(base=BaseFactory(region=region), online=True, last_seen=at) for _each in (1, 2)]
    for device, degrees in zip(devices, (11.3, 27.6), strict=True):
        for minutes, more in ((0, 0), (5, 40)):
            values = {"temperature": degrees + more}
            moment = at - timedelta(minutes=minutes)
            Reading.objects.create(device=device, at=moment, values=values, received_at=at)
    written(news_index(region), "two", [("base_live", {"base": each.base}) for each in devices], at.date())
    answer = client.get(f"/news/{at.year}/two/", headers={"host": "lucheng.localhost"})
    first, second = answer.content.decode().split("live-strip")[1:3]
    assert ("11.3" in first, "27.6" in second, "27.6" in first, "11.3" in second) == (
        True,
        True,
        False,
        False,
    )
