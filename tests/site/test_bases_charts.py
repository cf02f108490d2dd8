"""The geometry of the charts of a base."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bases.charts import BOTTOM, HEIGHT, TOP, WIDTH, chart
from bases.periods import hours_until

NOW = datetime(2026, 11, 22, 16, 8, tzinfo=UTC)
TOP_OF_HOUR = NOW.replace(minute=0)
DAY = hours_until(NOW, 24)


def hours(*ago, mean=5.0):
    return {TOP_OF_HOUR - timedelta(hours=back): (mean, mean - 1, mean + 1) for back in ago}


def test_a_full_day_is_one_line_from_edge_to_edge():
    drawn = chart(hours(*range(24)), moments=DAY)
    assert len(drawn.lines) == 1
    assert drawn.is_complete
    points = drawn.lines[0].split()
    assert (points[0].split(",")[0], points[-1].split(",")[0]) == ("0.0", f"{WIDTH:.1f}")


def test_a_gap_splits_the_line():
    drawn = chart(hours(0, 1, 2, 6, 7), moments=DAY)
    assert [len(line.split()) for line in drawn.lines] == [2, 3]
    assert len(drawn.gaps) == 1
    assert drawn.gaps[0].split()[0] == drawn.lines[0].split()[-1]


def test_too_little_is_not_drawn():
    assert chart({}, moments=DAY) is None
    assert chart(hours(3), moments=DAY) is None


def test_hours_outside_the_day_do_not_count():
    drawn = chart(hours(0, 1, 24, 30, -1), moments=DAY)
    assert drawn.measured == 2


def test_an_hour_without_a_mean_is_a_gap():
    known = hours(0, 1, 2) | {TOP_OF_HOUR - timedelta(hours=1): (None, 0.0, 360.0)}
    assert len(chart(known, moments=DAY).gaps) == 1


def test_a_value_that_never_changes_is_drawn_in_the_middle():
    flat = {TOP_OF_HOUR - timedelta(hours=back): (5.0, 5.0, 5.0) for back in range(3)}
    heights = {float(point.split(",")[1]) for point in chart(flat, moments=DAY).lines[0].split()}
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
    drawn = chart(known, moments=DAY)
    for series in (*drawn.lines, *drawn.bands, *drawn.gaps):
        for point in series.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT
