"""The plans of the demonstration: made by the calendar's own functions, in every county."""

from datetime import UTC, datetime

import pytest

from demo.load.articles import CATEGORIES
from demo.load.calendar import Calendar
from demo.load.content import COUNTIES, read
from demo.load.county import County
from demo.load.people import login
from demo.load.plans import add_plans
from demo.load.secrets import Secrets
from news.models import Plan, WeeklyTarget
from news.planning.entries import entries
from news.planning.tones import Tone
from tests.factories.accounts import person
from tests.factories.pages import county, news_index, post

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)


@pytest.mark.parametrize("slug", COUNTIES)
def test_plans_name_what_is_there(slug: str) -> None:
    words, posts = read(slug, "plans"), {post["slug"] for post in read(slug, "posts")["post"]}
    assert 0 < words["target"]["least"] <= words["target"]["most"]
    for plan in words["plan"]:
        assert plan["category"] in CATEGORIES and plan["channel"] in Plan.Channel.values
        assert plan.get("author", "editor") in {"editor", "reviewer"}
        assert plan.get("post", next(iter(posts))) in posts
        assert len(plan["title"]) <= 80 and "！" not in plan["title"]


@pytest.mark.django_db
def test_a_county_has_plans_in_every_tone_that_needs_no_reviewer() -> None:
    region = county()
    loaded = County("lucheng", Calendar(NOW), Secrets.of_the_demo(), {})
    loaded.region, loaded.home = region, region.site.root_page
    post(news_index(region), "zuihou-yibian-peitu", published_on=loaded.calendar.day(3))
    for role in ("editor", "reviewer"):
        person(role, email=login(role))
    add_plans(loaded)
    cards = entries(first=loaded.calendar.day(4), last=loaded.calendar.day(-10), at=NOW)
    assert {Tone.OVERDUE, Tone.PLANNED, Tone.DRAFT, Tone.LIVE} == {card.tone for card in cards}
    assert WeeklyTarget.objects.get().region == region
