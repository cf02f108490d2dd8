"""What is credited: time that passed, at the speed that is allowed, once, whatever pages say."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.watching.crediting import ALLOWED_SPEED, LOST, MOST_OPENINGS, Clock, credit, open_page, total

T0 = 1_795_400_000_000
PAGE, OTHER = "a" * 8, "b" * 8


def watch(clock, pieces, *claims, page=PAGE, rate=1.0):
    """Claim pieces (from, to, seconds since the start), in seconds."""
    for start, end, at in claims:
        piece = round(start * 1000), round(end * 1000)
        pieces = credit(clock, pieces, piece, page=page, rate=rate, at=T0 + round(at * 1000))
    return pieces


@pytest.fixture
def clock():
    clock = Clock()
    open_page(clock, page=PAGE, at=T0)
    return clock


def test_what_was_watched_in_its_time_is_credited(clock):
    assert watch(clock, [], (0, 4, 4), (4, 8, 8)) == [(0, 8_000)]


def test_a_jump_earns_only_what_was_seen(clock):
    pieces = watch(clock, [], (0, 4, 4), (100, 104, 8))
    assert pieces == [(0, 4_000), (100_000, 104_000)]
    assert total(pieces) == 8_000


def test_a_whole_film_claimed_at_once_earns_the_seconds_that_passed(clock):
    assert total(watch(clock, [], (0, 600, 3))) == 3_000


def test_double_speed_is_credited_and_more_is_not(clock):
    assert total(watch(clock, [], (0, 8, 4), rate=2.0)) == 8_000
    assert total(watch(clock, [], (100, 180, 8), rate=16.0)) == 8_000


def test_a_page_that_has_not_begun_earns_nothing(clock):
    assert watch(clock, [], (0, 30, 30), page=OTHER) == []
    assert total(watch(clock, [], (0, 30, 32), page=OTHER)) == 2_000


def test_two_tabs_at_once_count_once(clock):
    open_page(clock, page=OTHER, at=T0)
    first = second = []
    for beat in range(10):
        first = watch(clock, first, (beat * 4, beat * 4 + 4, beat * 4 + 4))
        second = watch(clock, second, (beat * 4, beat * 4 + 4, beat * 4 + 4.1), page=OTHER)
    assert total(first) + total(second) <= 40_100


def test_seen_again_earns_nothing_and_costs_nothing(clock):
    pieces = watch(clock, [], (0, 4, 4), (0, 4, 8), (0, 4, 12))
    assert pieces == [(0, 4_000)]
    assert total(watch(clock, pieces, (4, 12, 12))) == 12_000, "a beat told again must not starve the next"


def test_beats_that_came_late_are_made_good(clock):
    pieces = watch(clock, [], (0, 4, 4), (4, 8, 11), (8, 12, 12))
    assert pieces == [(0, 12_000)]


def test_an_hour_without_a_word_is_lost_but_for_a_minute(clock):
    assert total(watch(clock, [], (0, 3_600, 3_600))) == LOST


def test_beginning_anew_after_a_pause_leaves_the_pause_behind(clock):
    pieces = watch(clock, [], (0, 4, 4), (4, 4, 50), (4, 30, 52))
    assert total(pieces) == 6_000


def test_only_so_many_pages_are_kept(clock):
    for number in range(20):
        open_page(clock, page=f"page-{number}", at=T0)
    assert len(clock.openings) == MOST_OPENINGS


seconds = st.integers(0, 900_000)
beat = st.tuples(
    st.sampled_from([PAGE, OTHER, "c" * 8]),
    st.sampled_from([1, 2]),  # the lesson
    seconds,
    seconds,
    st.floats(0.01, 16),
    st.integers(0, 90_000),  # since the beat before
)


quickly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quickly
@given(st.lists(beat, max_size=30))
def test_no_sequence_of_beats_earns_more_than_the_time_that_passed_at_the_allowed_speed(beats):
    clock, watched, at = Clock(), {1: [], 2: []}, T0
    for page, lesson, start, end, rate, later in beats:
        at += later
        watched[lesson] = credit(clock, watched[lesson], (start, end), page=page, rate=rate, at=at)
        earned = sum(total(pieces) for pieces in watched.values())
        began = T0 + beats[0][5]
        assert earned <= (at - began) * ALLOWED_SPEED
        assert clock.spent_until <= at


@quickly
@given(st.lists(beat, max_size=30))
def test_pieces_stay_in_order_without_overlap_and_within_what_was_claimed(beats):
    clock, pieces, at, claimed = Clock(), [], T0, set()
    for page, _lesson, start, end, rate, later in beats:
        at += later
        claimed |= {(start, end)}
        pieces = credit(clock, pieces, (start, end), page=page, rate=rate, at=at)
        assert all(first < last for first, last in pieces)
        assert all(before[1] < after[0] for before, after in pairwise(pieces))
        assert all(any(a <= first < b for a, b in claimed) for first, _ in pieces)


@quickly
@given(st.integers(1, 60), st.sampled_from([0.75, 1.0, 1.25, 1.5, 2.0]), st.data())
def test_who_watches_honestly_gets_nearly_all_whatever_the_network_does(beats, rate, data):
    """Beats every four seconds, each up to three seconds late: all but the lateness of the last is there."""
    clock, pieces, arrived = Clock(), [], T0
    open_page(clock, page=PAGE, at=T0)
    for number in range(1, beats + 1):
        late = data.draw(st.integers(0, 3_000))
        arrived = max(arrived, T0 + number * 4_000 + late)
        step = round(4_000 * rate)
        claim = ((number - 1) * step, number * step)
        pieces = credit(clock, pieces, claim, page=PAGE, rate=rate, at=arrived)
    assert total(pieces) == beats * round(4_000 * rate)
