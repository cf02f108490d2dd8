"""Reminders of posts: to the author in time and once, to the editors when the week runs short."""

from datetime import UTC, date, datetime, timedelta

import pytest

from news.models import Plan
from news.planning.changing import change_plan
from news.planning.reminding import remind
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.pages import county, news_index, post
from tests.factories.planning import plan

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 2, tzinfo=UTC)  # ten o'clock in Shanghai
THURSDAY = TUESDAY + timedelta(days=2)
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def region():
    return county()


@pytest.fixture
def editor():
    return person("editor", last_name="周", first_name="敏")


def told(kind: str) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(kind=kind).values_list("user__last_name", "subject"))


def test_the_author_hears_the_day_before_and_once(region, editor):
    plan(region, planned_on=WEDNESDAY, author=editor)
    for hour in range(4):
        remind(at=TUESDAY + timedelta(hours=hour))
    assert told("post_due") == [("周", "明天要发：最后一遍培土")]
    assert "/cms/news/calendar/?day=2026-11-25" in Notice.objects.get().url


def test_nobody_is_told_at_night(region, editor):
    plan(region, planned_on=WEDNESDAY, author=editor)
    remind(at=datetime(2026, 11, 23, 18, tzinfo=UTC))  # two o'clock in the night
    assert not Notice.objects.exists()


def test_a_plan_that_moved_is_told_of_again(region, editor):
    row = plan(region, planned_on=WEDNESDAY, author=editor)
    remind(at=TUESDAY)
    change_plan(plan=row, seen=1, by=editor, at=TUESDAY, planned_on=WEDNESDAY + timedelta(days=2))
    remind(at=THURSDAY)
    assert len(told("post_due")) == 2


def test_a_plan_nobody_writes_is_every_editors(region, editor):
    person("editor", last_name="申")
    plan(region, planned_on=WEDNESDAY)
    remind(at=TUESDAY)
    assert {name for name, _subject in told("post_due")} == {"周", "申"}


def test_what_is_over_and_not_out_is_told_once_and_what_is_out_is_not(region, editor):
    index = news_index(region)
    plan(region, "没写完", planned_on=WEDNESDAY - timedelta(days=2), author=editor)
    done = post(index, "done", published_on=WEDNESDAY)
    plan(region, "写完了", planned_on=WEDNESDAY - timedelta(days=2), author=editor, post=done)
    plan(region, "老早的", planned_on=WEDNESDAY - timedelta(days=30), author=editor)
    remind(at=TUESDAY)
    remind(at=THURSDAY)
    assert told("post_overdue") == [("周", "过期未发：没写完")]


def test_on_thursday_the_editors_hear_that_the_week_is_short(region, editor):
    news_index(region)
    county("daning", default=False)
    plan(region, planned_on=WEDNESDAY + timedelta(days=3), author=editor)
    remind(at=TUESDAY)
    assert not told("week_short")
    remind(at=THURSDAY)
    remind(at=THURSDAY + timedelta(days=1))
    assert told("week_short") == [("周", "这周的文章还不够")]
    text = Notice.objects.get(kind="week_short").text
    assert "潞城：要 3 篇，已发和定时的有 0 篇，还排着 1 篇。" in text and "daning" not in text


def test_a_week_that_is_full_bothers_nobody(region, editor):
    index = news_index(region)
    for number in range(3):
        post(index, f"p{number}", published_on=WEDNESDAY)
    remind(at=THURSDAY)
    assert not told("week_short") and not Plan.objects.exists()
