"""The geometry of the 24-hour charts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bases.charts import BOTTOM, HEIGHT, TOP, WIDTH, day_chart

NOW = datetime(2026, 11, 22, 16, 8, tzinfo=UTC)
TOP_OF_HOUR = NOW.replace(minute=0)


def hours(*ago, mean=5.0):
    return {TOP_OF_HOUR - timedelta(hours=back): (mean, mean - 1, mean + 1) for back in ago}


def test_a_full_day_is_one_line_from_edge_to_edge():
    chart = day_chart(hours(*range(24)), until=NOW)
    assert len(chart.lines) == 1
    assert chart.is_complete
    points = chart.lines[0].split()
    assert (points[0].split(",")[0], points[-1].split(",")[0]) == ("0.0", f"{WIDTH:.1f}")


def test_a_gap_splits_the_line():
    chart = day_chart(hours(0, 1, 2, 6, 7), until=NOW)
    assert [len(line.split()) for line in chart.lines] == [2, 3]
    assert len(chart.gaps) == 1
    assert chart.gaps[0].split()[0] == chart.lines[0].split()[-1]


def test_too_little_is_not_drawn():
    assert day_chart({}, until=NOW) is None
    assert day_chart(hours(3), until=NOW) is None


def test_hours_outside_the_day_do_not_count():
    chart = day_chart(hours(0, 1, 24, 30, -1), until=NOW)
    assert chart.hours == 2


def test_an_hour_without_a_mean_is_a_gap():
    known = hours(0, 1, 2) | {TOP_OF_HOUR - timedelta(hours=1): (None, 0.0, 360.0)}
    assert len(day_chart(known, until=NOW).gaps) == 1


def test_a_value_that_never_changes_is_drawn_in_the_middle():
    flat = {TOP_OF_HOUR - timedelta(hours=back): (5.0, 5.0, 5.0) for back in range(3)}
    heights = {float(point.split(",")[1]) for point in day_chart(flat, until=NOW).lines[0].split()}
    assert heights == {(TOP + BOTTOM) / 2}


@given(
    st.dictionaries(
        st.integers(0, 23),
        st.tuples(st.floats(-40, 80), st.floats(0, 9), st.floats(0, 9)),
        min_size=2,
    )
)
def test_every_point_stays_in_its_box(values):
    known = {
        TOP_OF_HOUR - timedelta(hours=back): (mean, mean - below, mean + above)
        for back, (mean, below, above) in values.items()
    }
    chart = day_chart(known, until=NOW)
    for series in (*chart.lines, *chart.bands, *chart.gaps):
        for point in series.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT
