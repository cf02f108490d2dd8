"""The frame every page has: cacheable, one language an address, the county's own seal and filings."""

import itertools
import re
from datetime import date, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from cms import navigation
from cms.drawings import drawing, land, mark
from cms.models import StandardPage
from lib import dates
from tests.factories.pages import add, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return county(
        icp_number="晋ICP备00000000号-1",
        police_number="晋公网安备 14040602000000号",
        address="山西省长治市潞城区",
        email="lucheng@example.org",
    )


@pytest.fixture
def about(region):
    body = [
        ("heading", "为什么是三遍"),
        ("text", "<p>葱白其实是叶子的一部分。</p>"),
        ("quote", {"text": "土埋多深，葱白多长。", "who": "张家河的种葱人"}),
        ("facts", {"rows": [{"name": "在哪", "value": "张家河村"}, {"name": "亩数", "value": ""}]}),
        (
            "action",
            {"title": "查一家", "text": "", "link": {"label": "查一查", "address": "/brand/licences/"}},
        ),
    ]
    return add(
        region.site.root_page, StandardPage(title="关于我们", slug="about", intro="谁在做。", body=body)
    )


def text(response) -> str:
    """Return the page with every run of white space as one space."""
    return " ".join(response.content.decode().split())


def test_a_page_is_the_same_for_everybody(client, about):
    response = client.get("/about/")
    assert response.status_code == 200
    assert not response.cookies
    page = response.content.decode()
    assert "csrfmiddlewaretoken" not in page
    assert "Cache-Control" not in response or "private" not in response["Cache-Control"]


def test_a_page_carries_no_inline_script_or_style(client, about):
    page = text(client.get("/about/"))
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_a_page_is_in_one_language_by_its_address(client, about):
    chinese = text(client.get("/about/", headers={"accept-language": "en"}))
    english = text(client.get("/en/about/"))
    assert '<html lang="zh-Hans" data-region="lucheng">' in chinese
    assert '<html lang="en" data-region="lucheng">' in english
    assert "跳到正文" in chinese and "Skip to content" in english
    assert 'href="/en/about/" lang="en"' in chinese
    assert 'href="/about/" lang="zh-Hans"' in english
    assert 'href="/en/shop/"' in english


def test_the_footer_names_the_filings_and_links_to_the_registers(client, about):
    page = text(client.get("/about/"))
    assert 'href="https://beian.miit.gov.cn/"' in page and "晋ICP备00000000号-1" in page
    assert "https://beian.mps.gov.cn/#/query/webSearch?code=14040602000000" in page
    assert "mailto:lucheng@example.org" in page


def test_the_county_picker_keeps_the_port(client, about):
    county("wenxi", default=False, name="闻喜", adcode="140823")
    page = text(client.get("/about/", headers={"host": "lucheng.localhost:8123"}))
    assert 'href="http://wenxi.localhost:8123/"' in page


def test_the_head_says_what_chat_apps_and_search_engines_ask_for(client, about):
    page = text(client.get("/about/"))
    assert '<link rel="canonical" href="http://testserver/about/">' in page
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/about/">' in page
    assert '<meta property="og:title" content="关于我们">' in page
    assert page.count('<meta name="theme-color"') == 2
    assert "themes/lucheng/art/icon.svg" in page and "/manifest.webmanifest" in page


def test_what_is_missing_is_shown(client, about):
    assert '<dd><span class="missing">未记录</span></dd>' in text(client.get("/about/"))


def test_headings_do_not_skip_and_landmarks_are_named(client, about):
    levels = [int(level) for level in re.findall(r"<h([1-6])", text(client.get("/about/")))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_a_lost_visitor_can_look_up_a_code(client, region):
    response = client.get("/there-is-nothing/")
    assert response.status_code == 404
    page = response.content.decode()
    assert 'action="/trace/"' in page and 'name="code"' in page
    assert 'data-region="lucheng"' in page


def test_a_failure_shows_the_countys_page_without_asking_the_database(rf, django_assert_num_queries):
    from cms.errors import broken

    with django_assert_num_queries(0):
        wenxi = broken(rf.get("/", headers={"host": "wenxi.localhost"}))
        unknown = broken(rf.get("/", headers={"host": "127.0.0.1"}))
    assert wenxi.status_code == unknown.status_code == 500
    assert 'data-region="wenxi"' in wenxi.content.decode()
    assert 'data-region="lucheng"' in unknown.content.decode()


def test_the_visitor_fragment_asks_nothing_for_a_visitor_without_cookies(
    client, region, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get("/fragments/visitor/")
    assert response.json() == {"name": "", "basket": 0}
    assert (
        response["Cache-Control"] == "private, no-store" or response["Cache-Control"] == "no-store, private"
    )
    assert not response.cookies


def test_the_visitor_fragment_knows_who_is_signed_in(client, region, django_user_model):
    user = django_user_model.objects.create_user(email="li@example.org", password="x", first_name="李红")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/fragments/visitor/").json() == {"name": "李红", "basket": 0}


def test_robots_sitemap_and_manifest_are_the_countys(client, about):
    robots = text(client.get("/robots.txt"))
    assert "Disallow: /cms/" in robots and "Sitemap: http://testserver/sitemap.xml" in robots
    sitemap = text(client.get("/sitemap.xml"))
    assert "<loc>http://testserver/about/</loc>" in sitemap and "<lastmod>" in sitemap
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["short_name"] == "潞城" and manifest["icons"][0]["src"].endswith("lucheng/art/icon.svg")


def test_a_draft_is_not_in_the_sitemap(client, region):
    add(region.site.root_page, StandardPage(title="草稿", slug="draft"), live=False)
    assert "/draft/" not in text(client.get("/sitemap.xml"))


def test_the_most_specific_place_is_the_current_one():
    assert navigation.current(navigation.MAIN, "/brand/licences/LC-1/").path == "/brand/licences/"
    assert navigation.current(navigation.MAIN, "/en/brand/vi/").path == "/brand/"
    assert navigation.current(navigation.MAIN, "/").path == "/"
    assert navigation.current(navigation.MAIN, "/search/") is None


def test_dates_are_said_as_people_say_them():
    evening = datetime(2026, 11, 22, 16, 8, tzinfo=ZoneInfo("UTC"))
    today = date(2026, 12, 1)
    with translation.override("zh-hans"):
        assert dates.day(date(2026, 11, 18), today=today) == "11 月 18 日"
        assert dates.day(date(2025, 11, 18), today=today) == "2025 年 11 月 18 日"
        assert dates.moment(evening, today=today) == "11 月 23 日 00:08"
    with translation.override("en"):
        assert dates.full_day(date(2026, 11, 18)) == "18 November 2026"
    assert dates.day(None) == dates.moment(None) == ""


def test_a_drawing_wears_the_inks_of_its_county_and_an_unknown_one_is_left_out():
    assert 'href="/static/themes/mianchi/art/walnut.svg#drawing"' in drawing("walnut", "mianchi")
    assert 'aria-label="核桃"' in drawing("walnut", "mianchi", title="核桃")
    assert "scallion.svg" in drawing("produce", "lucheng")
    assert drawing("walnut", "lucheng") == ""
    assert "lucheng/art/mark.svg#mark" in mark("lucheng") and "land.svg#land" in land("lucheng")


def test_a_form_field_names_its_error():
    class Phone(forms.Form):
        phone = forms.CharField(label="手机号", help_text="11 位")

    form = Phone({"phone": ""})
    html = render_to_string("cms/includes/form.html", {"form": form})
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert 'class="input"' in html and 'aria-invalid="true"' in html
    assert described and all(f'id="{name}"' in html for name in described[1].split())


def test_pages_are_well_formed(client, about):
    class Balance(HTMLParser):
        void = {"meta", "link", "input", "img", "br", "wbr", "hr", "source"}

        def __init__(self):
            super().__init__()
            self.open = []

        def handle_starttag(self, tag, attrs):
            if tag not in self.void:
                self.open.append(tag)

        def handle_startendtag(self, tag, attrs):
            pass

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    balance = Balance()
    balance.feed(text(client.get("/about/")))
    assert balance.open == []


def test_a_page_finds_its_county(about):
    assert about.region.slug == "lucheng"


def test_a_restricted_page_stays_restricted(client, about, region):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=region.site.root_page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/about/")
    assert response.status_code == 302 and "/accounts/login/" in response.url
