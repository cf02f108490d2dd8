"""The season of a base, from its days: means, extremes, accumulated warmth, gaps, and its chart."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.season_chart import BOTTOM, LEFT, MARKS_APART, MOST_LINES, MOST_POINTS, RIGHT, TOP, season_chart
from telemetry.daily import DayValue, measured_days
from telemetry.models import DailyReading
from telemetry.seasons import Gap, course, gaps, season, warmth
from tests.factories.telemetry import DeviceFactory

FIRST = date(2026, 6, 12)
DAY = timedelta(days=1)


def day(number: int) -> date:
    return FIRST + number * DAY


def value(mean: float | None, *, hours: int = 24, spread: float = 5) -> DayValue:
    return DayValue(hours, mean, (mean or 0) - spread, (mean or 0) + spread)


def test_the_warmth_is_what_the_means_of_days_exceed_the_base_by():
    days = {day(0): value(20), day(1): value(9.5), day(2): value(4)}
    found = warmth(days, base=Decimal("10"), days=3)
    assert found.degree_days == pytest.approx(10)
    assert found.left_out == 0


def test_days_that_lack_hours_or_readings_are_left_out_of_the_warmth_and_counted():
    days = {day(0): value(20), day(1): value(30, hours=19)}
    found = warmth(days, base=Decimal("10"), days=5)
    assert (found.degree_days, found.left_out) == (pytest.approx(10), 4)


def test_without_a_base_temperature_or_a_day_there_is_no_warmth():
    assert warmth({day(0): value(20)}, base=None, days=1) is None
    assert warmth({}, base=Decimal(5), days=1) is None


@pytest.mark.django_db
def test_the_mean_weighs_hours_and_the_extremes_know_their_day():
    found = course(
        "temperature", {day(0): value(10, hours=24), day(1): value(22, hours=12), day(2): value(10)}
    )
    assert found.mean == pytest.approx((10 * 24 + 22 * 12 + 10 * 24) / 60)
    assert (found.lowest, found.lowest_on) == (5, day(0))
    assert (found.highest, found.highest_on) == (27, day(1))
    assert found.hours == 60


def test_gaps_are_runs_of_days_at_the_ends_too():
    found = list(gaps({day(2), day(3), day(6)}, first=day(0), last=day(8)))
    assert found == [Gap(day(0), day(1)), Gap(day(4), day(5)), Gap(day(7), day(8))]
    assert [gap.days for gap in found] == [2, 2, 2]
    assert list(gaps({day(0)}, first=day(0), last=day(0))) == []


@given(st.sets(st.integers(0, 60)))
def test_gaps_and_measured_days_make_up_the_season(measured: set[int]):
    found = list(gaps({day(number) for number in measured}, first=day(0), last=day(60)))
    assert sum(gap.days for gap in found) + len(measured) == 61


@pytest.mark.django_db
def test_a_season_is_read_in_one_query_and_each_day_told_by_the_station_that_measured_most(
    django_assert_num_queries,
):
    device, other = DeviceFactory(), DeviceFactory()
    for station, hours, mean in ((device, 5, 1.0), (other, 24, 15.0)):
        DailyReading.objects.create(
            device=station, metric="temperature", day=FIRST, hours=hours, count=9, mean=mean, min=0, max=30
        )
    with django_assert_num_queries(1):
        told = season(
            base_pk=device.base_id,
            metrics=["temperature", "pm25"],
            first=FIRST,
            last=day(1),
            base_temperature=Decimal(5),
        )
    assert [(one.metric, one.mean, one.hours) for one in told.courses] == [("temperature", 15.0, 24)]
    assert (told.hours, told.measured_hours) == (48, 24)
    assert told.gaps == (Gap(day(1), day(1)),)
    assert told.warmth.degree_days == pytest.approx(10)


@pytest.mark.django_db
def test_days_of_another_base_or_time_are_not_told():
    device = DeviceFactory()
    DailyReading.objects.create(
        device=device, metric="temperature", day=FIRST, hours=24, count=9, mean=9, min=0, max=30
    )
    asked = {"metrics": ["temperature"], "first": FIRST, "last": FIRST}
    assert measured_days(base_pk=device.base_id + 1, **asked) == {"temperature": {}}
    assert measured_days(base_pk=device.base_id, metrics=["temperature"], first=day(1), last=day(9)) == {
        "temperature": {}
    }


def chart(numbers: dict[int, float], *, last: int = 136, events=()):
    return season_chart(
        {day(number): value(mean) for number, mean in numbers.items()},
        first=FIRST,
        last=day(last),
        events=events,
    )


def test_a_gap_of_days_is_dotted_not_bridged():
    drawn = chart({number: 20.0 for number in range(137) if not 60 <= number < 70})
    assert len(drawn.lines) == len(drawn.bands) == 2
    assert len(drawn.gaps) == 1
    assert drawn.gaps[0].split()[0] == drawn.lines[0].split()[-1]


def test_too_little_is_not_drawn():
    assert chart({}) is None
    assert chart({0: 20.0}) is None


def test_numbers_of_events_do_not_touch_and_the_harvest_has_one():
    events = [(day(number), f"event {number}") for number in range(0, 137, 3)] + [(day(136), "harvest")]
    drawn = chart(dict.fromkeys(range(137), 20.0), events=events)
    assert [mark.number for mark in drawn.marks] == list(range(1, len(drawn.marks) + 1))
    places = [mark.x for mark in drawn.marks]
    assert all(after - before >= MARKS_APART for before, after in pairwise(places))
    assert drawn.marks[-1].label == "harvest"


def test_events_outside_the_season_are_not_marked():
    drawn = chart(dict.fromkeys(range(137), 20.0), events=[(FIRST - DAY, "before"), (day(140), "after")])
    assert drawn.marks == []


@given(
    st.dictionaries(st.integers(0, 299), st.floats(-40, 60), min_size=3),
    st.integers(0, 299),
)
def test_every_point_stays_in_its_box(means: dict[int, float], last: int):
    drawn = chart({number: mean for number, mean in means.items() if number <= last}, last=last)
    if drawn is None:
        return
    assert sum(len(line.split()) for line in drawn.lines) <= MOST_POINTS * 2
    for series in (*drawn.lines, *drawn.bands, *drawn.gaps):
        for point in series.split():
            x, y = map(float, point.split(","))
            assert LEFT <= x <= RIGHT
            assert TOP - 1 <= y <= BOTTOM + 1
    assert 2 <= len(drawn.levels) <= MOST_LINES
