"""Posts: their list, their addresses, what stands around the text."""

import json
import re
from datetime import date

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from news.models import NewsPage
from news.queries import latest_posts, posts_beside
from tests.factories.brand import ProductFactory
from tests.factories.pages import county, news_index, post
from tests.factories.record import BaseFactory

BODY = [
    ("text", "<p>" + "葱" * 900 + "</p>"),
    ("heading", "为什么是三遍"),
    ("quote", {"text": "土埋多深", "who": "老李"}),
]


@pytest.fixture
def index(db):
    return news_index(county())


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, headers={"host": "lucheng.localhost"}).status_code == 200
    return len(captured)


def test_a_post_is_under_its_year(client, index):
    page = post(index, "peitu", title="霜降前，最后一遍培土", body=BODY, author="周敏")
    assert page.get_url().endswith("lucheng.localhost/news/2026/peitu/")
    text = client.get("/news/2026/peitu/").content.decode()
    for words in [
        "霜降前，<wbr>最后一遍培土",
        "文 周敏",
        "2026 年 11 月 18 日",
        "读完要 3 分钟",
        "为什么是三遍",
        "老李",
    ]:
        assert words in text


@pytest.mark.parametrize("path", ["/news/peitu/", "/news/2019/peitu/"])
def test_an_address_without_the_right_year_leads_to_it_for_good(client, index, path):
    post(index, "peitu")
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, "/news/2026/peitu/")


def test_in_english_a_post_and_its_redirect_stay_under_en(client, index):
    post(index, "peitu", body=BODY)
    assert client.get("/en/news/peitu/")["Location"] == "/en/news/2026/peitu/"
    assert "3 minutes to read" in client.get("/en/news/2026/peitu/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/news/nothing/",
        "/news/2026/nothing/",
        "/news/2026/",
        "/news/x/peitu/",
        "/news/2026/peitu/x/",
        "/news/20260/peitu/",
    ],
)
def test_what_is_not_there_is_404(client, index, path):
    post(index, "peitu")
    assert client.get(path).status_code == 404


def test_a_draft_is_shown_nowhere(client, index):
    post(index, "draft", title="还没写完", live=False)
    assert client.get("/news/2026/draft/").status_code == 404
    assert client.get("/news/draft/").status_code == 404
    assert "还没写完" not in client.get("/news/").content.decode()
    assert latest_posts(index.get_parent(), 5) == []


def test_an_edit_that_is_not_published_is_not_shown(client, index):
    page = post(index, "peitu", title="旧题目")
    page.title = "新题目"
    page.save_revision()
    assert "新题目" not in client.get("/news/2026/peitu/").content.decode()


def test_a_restricted_post_is_not_announced(client, index):
    page = post(index, "members-only", title="只给会员")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "只给会员" not in client.get("/news/").content.decode()
    assert client.get("/news/2026/members-only/").status_code == 302


def test_the_list_is_newest_first_and_filtered_by_category(client, index):
    post(index, "old", title="旧事", published_on=date(2026, 11, 1), category="industry")
    post(index, "new", title="新事", published_on=date(2026, 11, 20), category="event")
    text = client.get("/news/").content.decode()
    assert text.index("新事") < text.index("旧事")
    filtered = client.get("/news/", {"category": "event"}).content.decode()
    assert "新事" in filtered
    assert "旧事" not in filtered


@pytest.mark.parametrize(
    "query", [{"category": "x"}, {"page": "x"}, {"page": "999"}, {"category": "\x00", "page": "-3"}]
)
def test_junk_in_the_query_shows_the_list(client, index, query):
    post(index, "peitu", title="培土")
    answer = client.get("/news/", query)
    assert answer.status_code == 200
    assert "培土" in answer.content.decode()


def test_the_list_has_pages_and_they_keep_the_category(client, index):
    for number in range(14):
        post(index, f"p{number}", category="event")
    text = client.get("/news/", {"category": "event"}).content.decode()
    assert text.count('class="post"') + text.count('class="card opening"') == 12
    assert "?category=event&amp;page=2" in text
    assert client.get("/news/", {"category": "event", "page": 2}).content.decode().count('class="post"') == 2


def neighbours(page):
    around = posts_beside(page, products=[], tags=[])
    return around.older, around.newer


def test_before_and_after_follow_the_date_then_the_order_of_writing(index):
    first, second, third = (
        post(index, slug, published_on=date(2026, 11, day)) for slug, day in [("a", 1), ("b", 2), ("c", 2)]
    )
    post(index, "draft", published_on=date(2026, 11, 2), live=False)
    assert neighbours(second) == (first, third)
    assert neighbours(first) == (None, second)
    assert neighbours(third) == (second, None)


def test_what_a_post_speaks_of_stands_beside_it(client, index):
    product = ProductFactory(name="潞城大葱鲜葱")
    base = BaseFactory(slug="zhangjiahe", name="张家河基地")
    page = NewsPage(
        title="培土", slug="peitu", intro="三遍。", published_on=date(2026, 11, 18), base=base, art="scallion"
    )
    page.products = [product]
    page.tags.add("手艺")
    index.add_child(instance=page)
    page.save_revision().publish()
    text = client.get("/news/2026/peitu/").content.decode()
    for words in ["潞城大葱鲜葱", f"/trace/products/{product.gtin}/", 'href="/bases/zhangjiahe/"', ">手艺<"]:
        assert words in text


def test_machines_are_told_what_it_is(client, index):
    post(index, "peitu", title="</script><b>葱 & 土", author="周敏")
    text = client.get("/news/2026/peitu/").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "</script><b>葱 & 土"
    assert data["datePublished"] == "2026-11-18T00:00:00+08:00"
    assert data["mainEntityOfPage"] == "http://testserver/news/2026/peitu/"
    assert re.search(r'og:type"\s+content="article"', text)
    assert "张家河的葱要培三遍土。" in re.search(r'og:description"\s+content="([^"]*)"', text)[1]


def structured(client, path):
    text = client.get(path).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    return {data["@type"]: data for data in map(json.loads, found)}


def test_machines_are_told_who_publishes_with_which_pictures_and_where_it_stands(client, index):
    image = Image.objects.create(title="a", file=get_test_image_file(filename="a.png", size=(2000, 1500)))
    page = post(index, "peitu", title="培土", image=image)
    page.tags.add("手艺")
    page.save()
    data = structured(client, "/news/2026/peitu/")
    article, place = data["NewsArticle"], data["BreadcrumbList"]
    sizes = [(picture["width"], picture["height"]) for picture in article["image"]]
    assert sizes == [(1600, 1000), (1600, 1200), (960, 960)]
    assert all(picture["url"].startswith("http://testserver/media/") for picture in article["image"])
    publisher = article["publisher"]
    assert publisher["@type"] == "Organization" and publisher["logo"]["width"] == 512
    assert finders.find(publisher["logo"]["url"].removeprefix("http://testserver/static/"))
    assert article["author"] == {"@id": publisher["@id"]}
    assert article["keywords"] == ["手艺"]
    assert "address" not in publisher or publisher["address"], "nothing is told empty"
    steps = [(step["position"], step["name"], step["item"]) for step in place["itemListElement"]]
    assert steps == [
        (1, "首页", "http://testserver/"),
        (2, "新鲜事", "http://testserver/news/"),
        (3, "培土", "http://testserver/news/2026/peitu/"),
    ]


def test_lists_and_the_home_page_tell_machines_of_themselves(client, index):
    assert structured(client, "/news/")["BreadcrumbList"]["itemListElement"][1]["name"] == "新鲜事"
    home = structured(client, "/")["Organization"]
    assert home["@id"] == "http://testserver/#organization"


def test_the_list_takes_the_same_queries_for_many_posts(client, index):
    post(index, "p", art="scallion")
    few = queries(client, "/news/")
    for number in range(8):
        post(index, f"p{number}", art="scallion")
    assert queries(client, "/news/") == few <= 10


def test_a_post_takes_few_queries(client, index):
    for number in range(3):
        post(index, f"p{number}", body=BODY)
    page = NewsPage.objects.get(slug="p1")
    page.products = [ProductFactory(), ProductFactory()]
    page.tags.add("手艺")
    page.save()
    assert queries(client, "/news/2026/p1/") <= 10


def test_another_countys_posts_stay_there(client, index):
    daning = county("daning", default=False, adcode="141030")
    post(news_index(daning), "apple", title="测完农残")
    assert "测完农残" not in client.get("/news/").content.decode()
    assert "测完农残" in client.get("/news/", headers={"host": "daning.localhost"}).content.decode()
    assert client.get("/news/2026/apple/").status_code == 404


def test_the_pages_can_be_kept_for_everybody(client, index):
    post(index, "peitu", body=BODY)
    for path in ("/news/", "/news/2026/peitu/"):
        answer = client.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert "csrf" not in answer.content.decode().lower()


def test_posts_with_pictures_take_no_more_queries_each(client, index):
    def illustrated(slug):
        image = Image.objects.create(
            title=slug, file=get_test_image_file(filename=f"{slug}.png", size=(640, 480))
        )
        post(index, slug, image=image)

    illustrated("a")
    queries(client, "/news/")  # makes the renditions
    few = queries(client, "/news/")
    for slug in "bcd":
        illustrated(slug)
    queries(client, "/news/")
    assert queries(client, "/news/") == few <= 11
    assert "<picture>" in client.get("/news/2026/a/").content.decode()


def test_an_illustrated_post_with_a_product_card_takes_few_queries(client, index, settings):
    settings.KEEP_READ_SECONDS = 30  # as in production: counties and the home page are not asked for again

    def image(name):
        file = get_test_image_file(filename=f"{name}.png", size=(640, 480))
        return Image.objects.create(title=name, file=file)

    pictures = [("picture", {"image": image(name), "alt": name}) for name in "abc"]
    product = ProductFactory()
    page = post(index, "p", image=image("cover"), body=[*pictures, ("product_card", {"product": product})])
    page.products = [product]
    page.tags.add("手艺")
    page.save()
    for number in range(3):
        post(index, f"p{number}", image=image(f"other-{number}"))
    queries(client, "/news/2026/p/")  # makes the renditions
    assert queries(client, "/news/2026/p/") <= 10
