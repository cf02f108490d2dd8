"""Means beside the dated limits: which limit of which day, how many hours it takes, day and night."""

from datetime import UTC, date, datetime, timedelta

import pytest

from telemetry.limits import compare, last_periods, limits_in_force
from telemetry.models import Metric, MetricLimit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)  # 16:30 in Shanghai
MIDNIGHT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)  # the 21st begins
HOUR = timedelta(hours=1)


def hours(value: float, count: int = 24, *, since: datetime = MIDNIGHT) -> dict:
    return {since + number * HOUR: (value, value - 1, value + 1) for number in range(count)}


def only(found: list, metric: str):
    (one,) = (comparison for comparison in found if comparison.metric == metric)
    return one


def test_a_mean_is_compared_with_the_levels_in_force_on_its_day():
    found = only(compare({"pm25": hours(34.0)}, at=NOW), "pm25")
    assert (found.mean, found.hours, found.is_sure) == (34.0, 24, True)
    assert [(limit.level, limit.value) for limit in found.limits] == [("I", 25), ("II", 60)]
    assert found.kept.level == "II"


def test_limits_change_with_the_date():
    later = datetime(2031, 1, 3, 8, tzinfo=UTC)
    since = datetime(2031, 1, 1, 16, tzinfo=UTC)
    found = only(compare({"pm25": hours(55.0, since=since)}, at=later), "pm25")
    assert found.kept is None
    assert found.widest.value == 50
    assert [limit.value for limit in limits_in_force(on=date(2030, 12, 31)) if limit.metric == "pm25"] == [
        25,
        60,
    ]


def test_one_reading_above_the_limit_is_no_mean_above_it():
    measured = hours(30.0) | {MIDNIGHT + 9 * HOUR: (400.0, 20.0, 990.0)}
    found = only(compare({"pm25": measured}, at=NOW), "pm25")
    assert found.mean == pytest.approx((23 * 30 + 400) / 24)
    assert found.kept.level == "II"


@pytest.mark.parametrize(
    ("metric", "count", "sure"), [("pm25", 19, False), ("pm25", 20, True), ("tsp", 23, False)]
)
def test_too_few_hours_are_not_compared(metric: str, count: int, sure: bool):
    found = only(compare({metric: hours(10.0, count)}, at=NOW), metric)
    assert found.is_sure is sure
    assert (found.kept is not None) is sure


def test_hours_of_today_and_of_the_day_before_do_not_count():
    assert compare({"pm25": hours(99.0, since=MIDNIGHT + 24 * HOUR)}, at=NOW) == []
    both = hours(99.0, since=MIDNIGHT - 24 * HOUR) | hours(10.0)
    assert only(compare({"pm25": both}, at=NOW), "pm25").mean == 10


def test_noise_is_compared_by_day_and_by_night_as_energy():
    dawn = MIDNIGHT + 6 * HOUR
    loud = hours(40.0, 48, since=MIDNIGHT - 24 * HOUR) | {dawn: (70.0, 70, 70)}
    day = next(one for one in compare({"noise": loud}, at=NOW) if one.period == MetricLimit.Period.DAY)
    assert (day.hours, day.limits[0].value) == (16, 55)
    assert day.mean == pytest.approx(58.02, abs=0.05)  # the mean of the numbers would be 41.9
    assert day.kept is None


@pytest.mark.parametrize(("clock", "began"), [(5, date(2026, 11, 20)), (6, date(2026, 11, 21))])
def test_a_night_counts_when_it_is_over(clock: int, began: date):
    at = datetime(2026, 11, 21, 16, tzinfo=UTC) + clock * HOUR  # the 22nd in Shanghai
    first, end = last_periods(at)[MetricLimit.Period.NIGHT]
    assert first.date() == began
    assert end - first == 8 * HOUR


def test_limits_of_metrics_that_are_not_public_are_not_shown():
    Metric.objects.filter(key="pm25").update(is_public=False)
    assert compare({"pm25": hours(34.0)}, at=NOW) == []


def test_limits_are_asked_for_once_a_minute(django_assert_num_queries):
    compare({"pm25": hours(34.0)}, at=NOW)
    with django_assert_num_queries(0):
        compare({"pm25": hours(34.0)}, at=NOW)
