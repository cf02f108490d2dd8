"""The report of posts: weeks against the target, categories, authors, readers; the same as a spreadsheet."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from news.counting.models import PostViews
from news.models import WeeklyTarget
from news.planning.desk.columns import columns
from news.planning.figures import figures
from tests.factories.accounts import person
from tests.factories.pages import county, news_index, post
from tests.factories.planning import plan

pytestmark = pytest.mark.django_db
MONDAY, TODAY = date(2026, 11, 2), date(2026, 11, 25)


@pytest.fixture
def region():
    return county()


@pytest.fixture
def index(region):
    return news_index(region)


def test_weeks_are_held_against_the_target_and_part_weeks_are_not(region, index):
    for number, day in enumerate([2, 4, 8, 9, 23]):
        post(index, f"p{number}", published_on=date(2026, 11, day))
    found = figures(region, since=MONDAY, until=date(2026, 11, 29), today=TODAY)
    assert [(week.monday.day, week.count, week.missing, week.whole) for week in found.weeks] == [
        (2, 3, 0, True),
        (9, 1, 2, True),
        (16, 0, 3, True),
        (23, 1, 0, False),
    ]
    assert (found.whole_weeks, found.weeks_reached, found.site) == (3, 1, 5)


def test_targets_of_all_counties_add_up(region, index):
    WeeklyTarget.objects.create(region=county("daning", default=False), least=1, most=2)
    found = figures(None, since=MONDAY, until=date(2026, 11, 8), today=TODAY)
    assert (found.weeks[0].least, found.weeks[0].most) == (4, 7)


def test_categories_authors_channels_and_readers_are_counted(region, index):
    one = post(index, "one", published_on=MONDAY, category="product", author="周敏")
    two = post(index, "two", published_on=MONDAY, category="product", author="")
    post(index, "three", published_on=MONDAY, category="event", author="周敏")
    post(index, "draft", published_on=MONDAY, live=False)
    plan(region, planned_on=MONDAY, post=one, channel="both")
    plan(region, planned_on=MONDAY, post=two, channel="site")
    PostViews.objects.create(post=one, day=MONDAY, count=40)
    PostViews.objects.create(post=one, day=date(2027, 1, 1), count=500)
    found = figures(region, since=MONDAY, until=date(2026, 11, 8), today=TODAY)
    assert found.categories == [("产品", 2, 40), ("活动", 1, 0)]
    assert found.authors == [("周敏", 2, 40), ("", 1, 0)]
    assert (found.site, found.meant_for_wechat, found.wechat, found.views) == (3, 1, 0, 40)


def test_a_report_of_many_posts_takes_as_many_queries_as_one_of_few(
    region, index, django_assert_max_num_queries
):
    for number in range(10):
        post(index, f"p{number}", published_on=MONDAY)
    with django_assert_max_num_queries(5):
        found = figures(region, since=date(2024, 1, 1), until=TODAY, today=TODAY)
    assert found.site == 10 and columns(found.weeks).columns


def test_the_page_and_the_spreadsheet_say_the_same_and_nothing_is_a_formula(client, region, index):
    post(index, "evil", published_on=MONDAY, title="=1+1", author="=HYPERLINK()")
    client.force_login(person("editor"))
    query = f"region={region.pk}&since=2026-11-02&until=2026-11-08"
    page = client.get(f"/cms/news/report/?{query}")
    assert page.status_code == 200 and "=HYPERLINK()" in page.content.decode()
    book = load_workbook(
        BytesIO(b"".join(client.get(f"/cms/news/report/posts.xlsx?{query}").streaming_content))
    )
    assert book.sheetnames == ["汇总", "按周", "按类别", "按作者", "逐篇"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells] and all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    "query", ["", "since=x", "since=2026-11-08&until=2026-11-02", "since=0001-01-01&region=99"]
)
def test_nonsense_still_gives_a_report(client, region, index, query):
    client.force_login(person("reviewer"))
    assert client.get(f"/cms/news/report/?{query}").status_code == 200


def test_a_period_without_posts_says_so(client, region):
    client.force_login(person("editor"))
    assert "这段时间没有发过" in client.get("/cms/news/report/").content.decode()
