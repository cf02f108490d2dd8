"""What the editors of a county mean to write, and how much in a week."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from demo.load.articles import CATEGORIES
from demo.load.county import County
from demo.load.people import login
from news.models import NewsPage, WeeklyTarget
from news.planning.adding import add_plan
from news.planning.beginning import begin_post

THOUGHT_OF = timedelta(days=6)  # before its day


def add_plans(county: County) -> None:
    """Add the target and the plans; what was to be out by now was planned in time."""
    words = county.content("plans")
    WeeklyTarget.objects.create(region=county.region, **words["target"])
    people = {role: User.objects.get(email=login(role)) for role in ("editor", "reviewer")}
    for plan in words["plan"]:
        _add(county, plan, people)


def _add(county: County, words: dict[str, Any], people: dict[str, User]) -> None:
    day: date = county.calendar.day(words["days"])
    at: datetime = county.calendar.at - max(THOUGHT_OF, timedelta(days=words["days"]) + THOUGHT_OF)
    author = people[words["author"]] if "author" in words else None
    plan = add_plan(
        region=county.region,
        title=words["title"],
        planned_on=day,
        by=author or people["editor"],
        at=at,
        channel=words["channel"],
        category=CATEGORIES[words["category"]],
        author=author,
        note=words.get("note", ""),
        post=_post(county, words["post"]) if "post" in words else None,
    )
    if words.get("draft"):
        begin_post(plan=plan, by=people["editor"], at=county.calendar.at)


def _post(county: County, slug: str) -> NewsPage:
    return NewsPage.objects.descendant_of(county.home).get(slug=slug)
