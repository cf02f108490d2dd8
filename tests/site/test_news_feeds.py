"""Posts for feed readers and search engines: whole texts, right dates, names that stay."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from news.blocks import POST_BLOCKS, block_names
from news.feeds.blocks import RENDERERS
from news.models import NewsTopicPage
from tests.factories.brand import ProductFactory
from tests.factories.pages import add, county, news_index, post
from tests.factories.record import BaseFactory

ATOM = "{http://www.w3.org/2005/Atom}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def index(db):
    return news_index(county())


def atom(client, **query):
    answer = client.get("/news/feed.xml", query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def items(client, **query):
    answer = client.get("/news/feed.json", query)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(answer.content)["items"]


def test_every_block_has_a_renderer():
    assert set(RENDERERS) == block_names()


def test_atom_has_what_the_standard_demands(client, index):
    post(index, "peitu", title="霜降前，最后一遍培土", body=[("text", "<p>土埋多深</p>")], author="周敏")
    feed = atom(client)
    assert UUID(feed.find(f"{ATOM}id").text.removeprefix("urn:uuid:")) == index.translation_key
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/news/feed.xml"
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "霜降前，最后一遍培土"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/news/2026/peitu/"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "周敏"
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert "土埋多深" in entry.find(f"{ATOM}content").text
    for name in ("published", "updated"):
        assert entry.find(f"{ATOM}{name}").text.endswith("+08:00")


def test_json_feed_tells_the_same(client, index):
    post(index, "peitu", title="培土", body=[("text", "<p>土埋多深</p>")], author="周敏", category="event")
    document = json.loads(client.get("/news/feed.json").content)
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == "http://testserver/news/feed.json"
    [item] = document["items"]
    entry = atom(client).find(f"{ATOM}entry")
    assert item["id"] == entry.find(f"{ATOM}id").text
    assert item["url"] == "http://testserver/news/2026/peitu/"
    assert item["date_published"] == entry.find(f"{ATOM}published").text
    assert item["content_html"] == entry.find(f"{ATOM}content").text
    assert item["authors"] == [{"name": "周敏"}]
    assert item["tags"] == ["活动"]


def test_the_name_of_a_post_stays_when_everything_else_changes(client, index):
    page = post(index, "peitu")
    before = items(client)[0]["id"]
    page.slug, page.title, page.published_on = "peitu-2", "新题目", date(2025, 1, 2)
    page.save_revision().publish()
    [item] = items(client)
    assert item["id"] == before
    assert item["url"] == "http://testserver/news/2025/peitu-2/"


def test_a_post_that_goes_live_today_has_its_moment_an_older_one_its_day(client, index):
    post(index, "old", published_on=date(2020, 3, 1))
    now = post(index, "now", published_on=timezone.localdate())
    dates = {item["url"].split("/")[-2]: item for item in items(client)}
    assert dates["old"]["date_published"] == "2020-03-01T00:00:00+08:00"
    moment = datetime.fromisoformat(dates["now"]["date_published"])
    assert abs(moment - now.first_published_at) < timedelta(seconds=1)
    assert dates["old"]["date_modified"] > dates["old"]["date_published"]


def test_texts_are_cleaned_and_their_addresses_absolute(client, index):
    text = (
        '<p onclick="x()">a<script>alert(1)</script><a href="/bases/">b</a><a href="javascript:x">c</a></p>'
    )
    post(index, "peitu", body=[("text", text)], title="a\x0bb & <c>")
    html = items(client)[0]["content_html"]
    assert '<a href="http://testserver/bases/" rel="noopener">b</a>' in html
    assert not re.search(r"script|onclick", html)
    assert atom(client).find(f"{ATOM}entry/{ATOM}title").text == "ab & <c>"


def test_all_kinds_of_blocks_come_out_readable(client, index):
    image = Image.objects.create(title="葱地", file=get_test_image_file(filename="a.png", size=(640, 480)))
    base, product = BaseFactory(slug="zhangjiahe", name="张家河"), ProductFactory(name="鲜葱")
    shown = {
        "heading": ("为什么是三遍", "<h2>为什么是三遍</h2>"),
        "quote": ({"text": "土埋多深", "who": "老李"}, "<footer>老李</footer>"),
        "picture": ({"image": image, "caption": "<霜>"}, "&lt;霜&gt;</figcaption>"),
        "gallery": ({"pictures": [{"image": image}, {"image": image}], "credit": "周敏"}, "周敏"),
        "facts": ({"rows": [{"name": "亩数", "value": ""}]}, "<dd>未记录</dd>"),
        "table": ({"cells": "甲|乙\n1|2", "first_row_names": True}, "<th>甲</th>"),
        "video": (
            {"address": "https://www.bilibili.com/video/BV1xx411c7mD/", "caption": "看"},
            "BV1xx411c7mD",
        ),
        "product_card": ({"product": product}, f"http://testserver/trace/products/{product.gtin}/"),
        "base_live": ({"base": base}, "http://testserver/bases/zhangjiahe/"),
        "licence_call": ({"check": "licence", "title": "查一下"}, "http://testserver/brand/licences/"),
        "action": ({"title": "去", "link": {"label": "看", "address": "/shop/"}}, "http://testserver/shop/"),
    }
    blocks = dict(POST_BLOCKS)
    body = [(name, blocks[name].normalize(value)) for name, (value, _words) in shown.items()]
    post(index, "peitu", body=body)
    html = items(client)[0]["content_html"]
    for _value, words in shown.values():
        assert words in html
    assert html.count("<img") == 3
    assert html.count('src="http://testserver/media/') == 3


def test_tables_and_lines_keep_their_form(client, index):
    blocks = dict(POST_BLOCKS)
    table = blocks["table"].normalize({"cells": "甲|乙\n1|<2>\n3|4", "first_row_names": True})
    call = {"check": "code", "title": "查", "text": "一行\n<两行>"}
    post(index, "peitu", body=[("table", table), ("licence_call", blocks["licence_call"].normalize(call))])
    html = items(client)[0]["content_html"]
    rows = "<tbody><tr><td>1</td><td>&lt;2&gt;</td></tr><tr><td>3</td><td>4</td></tr></tbody>"
    assert f"<thead><tr><th>甲</th><th>乙</th></tr></thead>{rows}" in html
    assert "<p>一行<br>&lt;两行&gt;</p>" in html


def test_a_category_has_a_feed_of_its_own(client, index):
    post(index, "a", category="event")
    post(index, "b", category="industry")
    assert [item["url"] for item in items(client, category="event")] == ["http://testserver/news/2026/a/"]
    assert len(items(client, category="junk")) == 2
    both = {feed.find(f"{ATOM}id").text for feed in (atom(client), atom(client, category="event"))}
    assert len(both) == 2


def test_what_is_not_public_is_in_no_feed(client, index):
    post(index, "draft", live=False)
    page = post(index, "members-only")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert items(client) == []
    assert atom(client).find(f"{ATOM}updated") is not None
    assert "members-only" not in client.get("/news/sitemap.xml").content.decode()


def test_a_reader_that_has_it_gets_nothing_again(client, index):
    page = post(index, "peitu")
    for path in ("/news/feed.xml", "/news/feed.json"):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(path, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    page.title = "新题目"
    page.save_revision().publish()
    changed = client.get(path, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert "新题目" in changed.content.decode()


def test_feeds_can_be_kept_for_everybody(client, index):
    answer = client.get("/news/feed.xml")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_another_county_has_its_own(client, index):
    daning = county("daning", default=False, adcode="141030")
    post(news_index(daning), "apple")
    assert items(client) == []
    assert client.get("/news/feed.json", headers={"host": "daning.localhost"}).json()["items"]


def test_a_site_without_posts_has_no_feed(client, db):
    county()
    assert client.get("/news/feed.xml").status_code == 404
    assert client.get("/news/sitemap.xml").status_code == 404


def test_feeds_take_few_queries_for_texts_without_things(client, index):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/news/feed.json")
        return len(captured)

    post(index, "p", body=[("text", "<p>葱</p>")])
    queries()
    few = queries()
    for number in range(5):
        post(index, f"p{number}", body=[("text", "<p>葱</p>")])
    assert queries() == few <= 10


def test_the_sitemap_names_all_posts_and_marks_those_of_two_days(client, index):
    today = timezone.localdate()
    post(index, "now", title="今天 & 现在", published_on=today)
    post(index, "old", published_on=today - timedelta(days=9))
    urls = ET.fromstring(client.get("/news/sitemap.xml").content).findall(f"{MAP}url")
    assert [url.find(f"{MAP}loc").text.split("/")[-2] for url in urls] == ["now", "old"]
    news = urls[0].find(f"{NEWS}news")
    assert news.find(f"{NEWS}title").text == "今天 & 现在"
    assert news.find(f"{NEWS}publication/{NEWS}language").text == "zh-cn"
    assert news.find(f"{NEWS}publication_date").text.endswith("+08:00")
    assert urls[1].find(f"{NEWS}news") is None


def test_its_addresses_are_those_of_the_pages(client, index):
    pages = [post(index, slug) for slug in ("peitu", "培土-三遍")]
    told = re.findall("<loc>(.*?)</loc>", client.get("/news/sitemap.xml").content.decode())
    assert {url.partition("testserver")[2] for url in told} == {
        page.get_url().partition("lucheng.localhost")[2] for page in pages
    }
    assert all(client.get(url).status_code == 200 for url in told)


def test_a_topic_is_in_it_under_its_address(client, index):
    add(index, NewsTopicPage(title="培土三遍", slug="peitu", intro="从六月到霜降。"))
    urls = client.get("/news/sitemap.xml").content.decode()
    assert "<loc>http://testserver/news/topics/peitu/</loc>" in urls
    assert client.get("/news/topics/peitu/").status_code == 200


def test_search_engines_are_told_of_it_and_find_each_post_once(client, index):
    page = post(index, "peitu")
    assert "Sitemap: http://testserver/news/sitemap.xml" in client.get("/robots.txt").content.decode()
    general = client.get("/sitemap.xml").content.decode()
    assert "peitu" not in general
    assert "http://testserver/news/" in general
    assert page.get_url() and "/news/2026/peitu/" in client.get("/news/sitemap.xml").content.decode()
