"""The calendar in the back office: who sees it, what moves on it, what is said when two move at once."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from news.models import NewsPage, Plan, SetAside, WeeklyTarget
from tests.factories.accounts import person
from tests.factories.pages import county, news_index, post
from tests.factories.planning import plan

pytestmark = pytest.mark.django_db
CALENDAR = "/cms/news/calendar/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def region():
    return county()


@pytest.fixture
def index(region):
    return news_index(region)


@pytest.fixture
def editor(client, region):
    user = person("editor", last_name="周", first_name="敏")
    client.force_login(user)
    return user


def said(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


@pytest.mark.parametrize("role", ["clerk", "shop_operator", "teacher"])
def test_it_is_closed_to_who_writes_no_posts(client, region, role, today):
    row = plan(region, planned_on=today)
    client.force_login(person(role))
    for path in (CALENDAR, "/cms/news/report/", "/cms/news/report/posts.xlsx", "/cms/news/plans/"):
        assert client.get(path).status_code in {302, 403}
    client.post(f"{CALENDAR}plans/{row.pk}/move/", {"planned_on": today + timedelta(days=1), "seen": 1})
    row.refresh_from_db()
    assert (row.planned_on, row.version) == (today, 1)


def test_the_week_shows_plans_and_what_is_missing(client, region, index, editor, today):
    plan(region, "想法一", planned_on=today, author=editor)
    page = client.get(CALENDAR).content.decode()
    for words in ("想法一", "周敏", "目标是 3 到 5 篇", "还缺 2 篇", 'href="/cms/news/plans/new/'):
        assert words in page


def test_the_month_and_any_day_can_be_asked_for_and_nonsense_shows_this_week(client, region, editor, today):
    plan(region, "下个月", planned_on=today + timedelta(days=31))
    far = client.get(f"{CALENDAR}?view=month&day={today + timedelta(days=31)}")
    assert "下个月" in far.content.decode()
    for query in (
        "day=x",
        "day=9999-12-31",
        "day=0001-01-01&view=month",
        "author=x&region=nowhere&channel=y",
    ):
        assert client.get(f"{CALENDAR}?{query}").status_code == 200


def test_channel_writer_and_county_filter_it(client, region, editor, today):
    daning, other = county("daning", default=False), person("editor", last_name="申", first_name="刚")
    plan(region, "只上网站", planned_on=today, channel="site", author=editor)
    plan(region, "只发公众号", planned_on=today, channel="wechat", author=other)
    plan(daning, "大宁的", planned_on=today)

    def shown(query: str) -> set[str]:
        page = client.get(f"{CALENDAR}?{query}").content.decode()
        return {title for title in ("只上网站", "只发公众号", "大宁的") if title in page}

    assert shown("region=all") == {"只上网站", "只发公众号", "大宁的"}
    assert shown("") == {"只上网站", "只发公众号"}
    assert shown("region=daning") == {"大宁的"}
    assert shown("channel=wechat") == {"只发公众号"}
    assert shown(f"author={other.pk}") == {"只发公众号"}


def test_a_card_moves_and_the_calendar_comes_back_with_the_same_filters(client, region, editor, today):
    row, day = plan(region, planned_on=today), today + timedelta(days=1)
    sent = {"planned_on": day, "seen": 1, "back": "view=month&region=lucheng"}
    answer = client.post(f"{CALENDAR}plans/{row.pk}/move/", sent)
    assert answer["Location"] == f"{CALENDAR}?view=month&region=lucheng#plan-{row.pk}"
    row.refresh_from_db()
    assert (row.planned_on, row.changed_by) == (day, editor)
    assert "最后一遍培土" in said(answer)


def test_the_second_of_two_who_drag_one_card_reads_what_happened(client, region, editor, today):
    row = plan(region, planned_on=today)
    row.changed_by = person("reviewer", last_name="申", first_name="志刚")
    row.version, row.planned_on = 2, today + timedelta(days=2)
    row.save()
    answer = client.post(f"{CALENDAR}plans/{row.pk}/move/", {"planned_on": today, "seen": 1})
    row.refresh_from_db()
    assert (row.planned_on, row.version) == (today + timedelta(days=2), 2)
    assert "申志刚" in said(answer)


@pytest.mark.parametrize("day", ["", "gestern", "2020-01-01"])
def test_a_day_that_is_none_or_over_moves_nothing(client, region, editor, today, day):
    row = plan(region, planned_on=today)
    answer = client.post(f"{CALENDAR}plans/{row.pk}/move/", {"planned_on": day, "seen": 1})
    row.refresh_from_db()
    assert row.planned_on == today and said(answer)


def test_opening_the_address_of_an_act_leads_to_the_calendar(client, region, editor, today):
    row = plan(region, planned_on=today)
    for path in (f"plans/{row.pk}/move/", f"plans/{row.pk}/begin/", "suggestions/", f"posts/{row.pk}/"):
        assert client.get(CALENDAR + path)["Location"] == CALENDAR
    assert not NewsPage.objects.exists()


def test_write_it_opens_one_draft(client, region, index, editor, today):
    row = plan(region, planned_on=today, author=editor)
    first = client.post(f"{CALENDAR}plans/{row.pk}/begin/")
    second = client.post(f"{CALENDAR}plans/{row.pk}/begin/")
    page = NewsPage.objects.get()
    assert first["Location"] == second["Location"] == f"/cms/pages/{page.pk}/edit/"
    assert client.get(first["Location"]).status_code == 200


def test_a_suggestion_becomes_a_plan_or_is_set_aside(client, region, editor, today, settings):
    settings.NEWS_SUGGESTIONS = ["tests.site.test_news_calendar.two_things"]
    page = client.get(CALENDAR).content.decode()
    assert "收葱" in page and "开班" in page
    sent = {"region": "lucheng", "origin": "a:1", "planned_on": today, "act": "plan"}
    client.post(f"{CALENDAR}suggestions/", sent)
    client.post(f"{CALENDAR}suggestions/", sent)
    client.post(f"{CALENDAR}suggestions/", {"region": "lucheng", "origin": "a:2", "act": "aside"})
    row = Plan.objects.get()
    assert (row.title, row.origin, row.author, row.category) == ("收葱", "a:1", editor, "product")
    assert SetAside.objects.get().origin == "a:2"
    assert "开班" not in client.get(CALENDAR).content.decode()


def two_things(*, region, since, until):
    from cms.suggestions import Suggestion

    today = timezone.localdate()
    yield Suggestion("a:1", "收成", "收葱", today, category="product")
    yield Suggestion("a:2", "课", "开班", today)


def test_a_suggestion_nobody_makes_plans_nothing(client, region, editor, today):
    answer = client.post(
        f"{CALENDAR}suggestions/", {"region": "lucheng", "origin": "x:1", "planned_on": today, "act": "plan"}
    )
    assert said(answer) and not Plan.objects.exists()


def test_a_draft_on_no_day_can_be_put_on_one(client, region, index, editor, today):
    page = post(index, "peitu", title="无日子的草稿", live=False)
    assert "无日子的草稿" in client.get(CALENDAR).content.decode()
    client.post(f"{CALENDAR}posts/{page.pk}/", {"planned_on": today})
    assert Plan.objects.get().post == page


def test_the_form_plans_and_the_loser_of_two_loses_nothing_typed(client, region, editor, today):
    typed = {
        "region": region.pk, "title": "分拣点", "planned_on": today.isoformat(), "channel": "both",
        "category": "industry", "author": editor.pk, "note": "带相机", "seen": 1,
    }  # fmt: skip
    assert client.get("/cms/news/plans/new/").status_code == 200
    assert client.post("/cms/news/plans/new/", typed).status_code == 302
    row = Plan.objects.get()
    Plan.objects.update(version=2, title="分拣点，改过")
    url = f"/cms/news/plans/edit/{row.pk}/"
    lost = client.post(url, typed | {"note": "我写的很长的话"})
    assert lost.status_code == 200 and "我写的很长的话" in lost.content.decode()
    assert 'name="seen" value="2"' in lost.content.decode()
    assert Plan.objects.get().title == "分拣点，改过"
    assert client.post(url, typed | {"seen": 2, "note": "再来"}).status_code == 302
    assert (Plan.objects.get().title, Plan.objects.get().note) == ("分拣点", "再来")


def test_the_form_has_no_heading_for_what_it_only_carries_along(client, region, editor, today):
    page = client.get("/cms/news/plans/new/").content.decode()
    for name in ("seen", "of_post"):
        assert page.count(f'name="{name}"') == 1
        assert f"panel-child-{name}" not in page
    assert "Of post" not in page


def test_a_post_leads_to_its_plan_or_to_the_form_that_plans_it(client, region, index, editor, today):
    page = post(index, "peitu", title="先写了再排", live=False, category="event")
    edit, add = f"/cms/pages/{page.pk}/edit/", f"/cms/news/plans/new/?post={page.pk}"
    assert f'href="{add}"' in client.get(edit).content.decode()
    form = client.get(add).context["form"].initial
    assert (form["title"], form["category"], form["of_post"]) == ("先写了再排", "event", page.pk)
    typed = {
        "region": region.pk, "title": "先写了再排", "planned_on": today.isoformat(), "channel": "both",
        "category": "event", "of_post": page.pk,
    }  # fmt: skip
    assert client.post(add, typed).status_code == 302
    row = Plan.objects.get()
    assert row.post == page and f"#plan-{row.pk}" in client.get(edit).content.decode()
    again = client.post(add, typed)
    assert "日历上已经有了" in again.content.decode() and Plan.objects.count() == 1


@pytest.mark.parametrize("key", ["x", "0", "-1", "99999999999999999999", "²"])
def test_a_post_that_is_none_fills_in_nothing(client, region, editor, key):
    assert client.get(f"/cms/news/plans/new/?post={key}").status_code == 200


def test_a_plan_in_the_past_is_refused_at_the_form(client, region, editor):
    typed = {
        "region": region.pk, "title": "早过了", "planned_on": "2020-01-01", "channel": "both",
        "category": "industry", "seen": 1,
    }  # fmt: skip
    assert "过了" in client.post("/cms/news/plans/new/", typed).content.decode()
    assert not Plan.objects.exists()


def test_a_plan_can_be_taken_off_and_its_post_stays(client, region, index, editor, today):
    page = post(index, "peitu", live=False)
    row = plan(region, planned_on=today, post=page)
    assert client.post(f"/cms/news/plans/delete/{row.pk}/").status_code == 302
    assert not Plan.objects.exists() and NewsPage.objects.get() == page


def test_reviewers_set_the_weekly_target_and_it_counts_at_once(client, region, today):
    client.force_login(person("reviewer"))
    bad = client.post("/cms/news/targets/new/", {"region": region.pk, "least": 5, "most": 3})
    assert bad.status_code == 200 and not WeeklyTarget.objects.exists()
    client.post("/cms/news/targets/new/", {"region": region.pk, "least": 1, "most": 2})
    assert WeeklyTarget.objects.get().least == 1
    assert "目标是 1 到 2 篇" in client.get(CALENDAR).content.decode()


def test_the_first_page_says_how_the_week_stands_and_what_is_mine(client, region, editor, today):
    plan(region, "归我写的", planned_on=today, author=editor)
    page = client.get("/cms/").content.decode()
    assert "归我写的" in page and "目标是 3 到 5 篇" in page


def test_a_month_of_plans_costs_no_more_queries_than_one(client, region, index, editor, today):
    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{CALENDAR}?view=month&region=all").status_code == 200
        return len(captured)

    plan(region, planned_on=today, author=editor)
    queries()
    few = queries()
    for number in range(12):
        page = post(index, f"p{number}", live=bool(number % 2), published_on=today)
        plan(region, f"t{number}", planned_on=today, author=editor, post=page if number % 3 else None)
    assert queries() <= few + 4
