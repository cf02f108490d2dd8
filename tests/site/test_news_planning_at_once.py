"""Two editors at the same instant: one plan of a suggestion, one draft of a plan, one move of a card."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from news.models import NewsPage, Plan
from news.planning.adding import add_plan
from news.planning.beginning import begin_post
from news.planning.changing import change_plan
from news.planning.refusals import AlreadyPlanned, ChangedMeanwhile
from tests.factories.accounts import person
from tests.factories.pages import county, news_index
from tests.factories.planning import plan

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
FRIDAY = date(2026, 11, 27)


def at_once(*calls) -> list:
    """Return what each call gave or was refused with; they begin together."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except (AlreadyPlanned, ChangedMeanwhile) as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_of_two_at_once_one_plans_one_moves_and_both_find_one_draft() -> None:
    region, editor = county(), person("editor")
    news_index(region)
    facts = {
        "region": region,
        "title": "小雪",
        "planned_on": FRIDAY,
        "by": editor,
        "at": NOW,
        "origin": "almanac:x",
    }
    made = at_once(*[lambda: add_plan(**facts)] * 2)
    assert AlreadyPlanned in made and Plan.objects.count() == 1

    row = plan(region, planned_on=FRIDAY, author=editor)
    moved = at_once(
        *[
            lambda days=days: change_plan(
                plan=row, seen=1, by=editor, at=NOW, planned_on=FRIDAY + timedelta(days=days)
            )
            for days in (1, 2)
        ]
    )
    assert moved.count(ChangedMeanwhile) == 1 and Plan.objects.get(pk=row.pk).version == 2

    drafts = at_once(*[lambda: begin_post(plan=row, by=editor, at=NOW).pk] * 2)
    assert drafts[0] == drafts[1] == NewsPage.objects.get().pk
