"""Beats: written many at once, credited in their order, refused where nobody learns; progress read back."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext

from tests.factories.pages import county, course, lesson, training_index
from tests.factories.training import BEGAN, EnrolmentFactory
from training.learning.progress import complete_lesson, course_states, lesson_progress, watched_enough
from training.models import Enrolment, LessonProgress, WatchClock
from training.watching.beats import Beat, Written, write_beats
from training.watching.heartbeats import Heartbeats
from training.watching.passes import Pass, PassRefused, pass_for, read_pass, signed

pytestmark = pytest.mark.django_db
PAGE = "desktop-1"


@pytest.fixture
def page(db):
    return course(training_index(county()), "photo", lessons=2)


def lesson_of(page, number=1):
    return page.get_children().specific()[number - 1]


def shown(enrolment, number=1, **facts) -> Pass:
    """Return the pass of a film of a minute, nine tenths of which make it done."""
    facts = {"length": 60_000, "needed": 54_000, "must_reach_end": False, **facts}
    return Pass(enrolment.trainee_id, enrolment.pk, lesson_of(enrolment.course, number).pk, **facts)


def beat(to: Pass, *pieces, after=0.0, page=PAGE, end=False) -> Beat:
    """Return a beat `after` so many seconds with pieces of (from, to) in seconds at normal speed."""
    told = tuple((round(a * 1000), round(b * 1000), 1.0) for a, b in pieces)
    position = told[-1][1] if told else 0
    return Beat(to, page, told, position, end, BEGAN + timedelta(seconds=after))


def test_watching_is_written_with_the_place_where_it_stopped(page):
    to = shown(EnrolmentFactory(course=page))
    write_beats([beat(to), beat(to, (0, 4), after=4)])
    (written,) = write_beats([beat(to, (4, 8), after=8)])
    row = LessonProgress.objects.get()
    assert row.intervals == [[0, 8_000]] and row.credited == row.position == 8_000
    assert row.heard_at == BEGAN + timedelta(seconds=8)
    assert written == Written(8_000, is_done=False)


def test_nine_tenths_of_the_film_make_it_done_once(page):
    enrolment = EnrolmentFactory(course=page)
    to = shown(enrolment)
    beats = [beat(to), *(beat(to, (4 * n, 4 * n + 4), after=4 * n + 4) for n in range(15))]
    written = write_beats(beats)
    assert [each.is_new for each in written].count(True) == 1
    assert LessonProgress.objects.get().completed_at == BEGAN + timedelta(seconds=56)
    assert not watched_enough(enrolment)


def test_jumping_to_the_end_makes_nothing_done(page):
    to = shown(EnrolmentFactory(course=page))
    write_beats([beat(to), beat(to, (0, 4), after=4), beat(to, (56, 60), after=8)])
    row = LessonProgress.objects.get()
    assert row.credited == 8_000 and row.position == 60_000 and row.completed_at is None


def test_a_text_is_done_when_time_was_spent_on_it_and_its_end_was_reached(page):
    to = shown(EnrolmentFactory(course=page), needed=18_000, must_reach_end=True)
    write_beats([beat(to), beat(to, (0, 20), after=20)])
    assert LessonProgress.objects.get().completed_at is None
    write_beats([beat(to, (20, 21), after=21, end=True)])
    assert LessonProgress.objects.get().completed_at == BEGAN + timedelta(seconds=21)


def test_reaching_the_end_at_once_does_not_make_a_text_done(page):
    to = shown(EnrolmentFactory(course=page), needed=18_000, must_reach_end=True)
    write_beats([beat(to, end=True), beat(to, (0, 600), after=2, end=True)])
    assert LessonProgress.objects.get().completed_at is None


def test_two_courses_at_once_share_the_time_of_the_trainee(page):
    enrolment = EnrolmentFactory(course=page)
    first, second = shown(enrolment, 1), shown(enrolment, 2)
    write_beats([beat(first), beat(second, page="phone-22")])
    write_beats([beat(first, (0, 30), after=30), beat(second, (0, 30), after=30, page="phone-22")])
    assert sum(LessonProgress.objects.values_list("credited", flat=True)) == 30_000


def test_a_piece_beyond_the_end_is_cut_off(page):
    to = shown(EnrolmentFactory(course=page))
    write_beats([beat(to), beat(to, (58, 90), after=30)])
    row = LessonProgress.objects.get()
    assert row.credited == 2_000 and row.position == 60_000


@pytest.mark.parametrize("state", ["left", "waiting"])
def test_who_holds_no_place_is_credited_nothing(page, state):
    to = shown(EnrolmentFactory(course=page, state=state))
    assert write_beats([beat(to), beat(to, (0, 4), after=4)]) == [None, None]
    assert not LessonProgress.objects.exists()


def test_what_is_gone_spoils_nothing_of_the_others(page):
    gone, there = EnrolmentFactory(course=page), EnrolmentFactory(course=page)
    old, to = shown(gone), shown(there)
    gone.trainee.delete()
    nowhere = Pass(there.trainee_id, there.pk, 0, 60_000, 54_000, must_reach_end=False)
    assert write_beats([beat(old), beat(nowhere), beat(to)])[:2] == [None, None]
    assert LessonProgress.objects.get().enrolment == there


def test_many_beats_take_as_many_queries_as_few(page):
    def queries(people):
        passes = [shown(EnrolmentFactory(course=page)) for _ in range(people)]
        write_beats([beat(to) for to in passes])
        with CaptureQueriesContext(connection) as captured:
            write_beats([beat(to, (0, 4), after=4) for to in passes])
        return len(captured)

    assert queries(1) == queries(20) <= 9


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_credit_the_time_once():
    page = course(training_index(county()), "photo", lessons=1)
    to = shown(EnrolmentFactory(course=page))
    write_beats([beat(to), beat(to, page="phone-22")])
    start = Barrier(2)

    def tell(name, piece) -> None:
        try:
            start.wait()
            write_beats([beat(to, piece, after=10, page=name)])
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tell, [PAGE, "phone-22"], [(0, 10), (30, 40)]))
    assert LessonProgress.objects.get().credited == 10_000
    assert WatchClock.objects.get().spent_until == round((BEGAN.timestamp() + 10) * 1000)


def test_the_lessons_of_a_course_as_somebody_stands(page):
    enrolment = EnrolmentFactory(course=page)
    to = shown(enrolment, needed=18_000, must_reach_end=True)
    write_beats([beat(to), beat(to, (0, 30), after=30)])
    with CaptureQueriesContext(connection) as captured:
        first, second = lesson_progress(Enrolment.objects.select_related("course").get())
    assert len(captured) <= 3
    assert first.seconds == 30 and 0 < first.share < 1 and not first.is_done
    assert not second.was_opened and second.share == 0


def test_all_public_lessons_done_is_watched_enough(page):
    enrolment = EnrolmentFactory(course=page)
    draft = lesson(page, "draft", live=False)
    for number in (1, 2):
        assert not watched_enough(enrolment)
        complete_lesson(enrolment=enrolment, lesson=lesson_of(page, number), at=BEGAN)
    assert watched_enough(enrolment)
    assert not LessonProgress.objects.filter(lesson=draft).exists()
    assert course_states([enrolment])[enrolment.pk].percent == 100


def test_a_course_that_demands_no_watching_is_watched_enough(page):
    enrolment = EnrolmentFactory(course=page)
    enrolment.course.needs_watching = 0
    assert watched_enough(enrolment)


def test_a_pass_of_a_text_asks_for_a_part_of_its_minutes_and_its_end(page):
    enrolment = EnrolmentFactory(course=page)
    made = pass_for(enrolment=enrolment, lesson=lesson_of(page), needs_watching=90)
    assert (made.length, made.needed, made.must_reach_end) == (600_000, 180_000, True)
    assert read_pass(signed(made)) == made


@pytest.mark.parametrize("token", ["", "x", "WzEsMSwxXQ:1:abc"])
def test_a_pass_not_signed_by_us_is_refused(token):
    with pytest.raises(PassRefused):
        read_pass(token)


# --- the address ---------------------------------------------------------------------------------


def post(app, body, *, method="POST", origin=b"http://lucheng.localhost"):
    """Return status and body of what the application answers."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": body}

    async def send(message):
        sent.append(message)

    scope = {"method": method, "headers": [(b"host", b"lucheng.localhost"), (b"origin", origin)]}
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], sent[1]["body"]


TO = Pass(1, 2, 3, 60_000, 54_000, must_reach_end=False)


def told(**facts) -> bytes:
    facts = {"token": signed(TO), "page": PAGE, "position": 4, "pieces": [[0, 4, 1]], **facts}
    return json.dumps(facts).encode()


def writing(outcome, taken=None):
    """Return an application whose beats come to `outcome` (a list takes them)."""

    def write(beats):
        if taken is not None:
            taken.extend(beats)
        if isinstance(outcome, Exception):
            raise outcome
        return [outcome] * len(beats)

    return Heartbeats(write)


def test_a_beat_is_answered_with_what_is_credited():
    taken = []
    status, body = post(writing(Written(4_000, is_done=False), taken), told())
    assert status == 200 and json.loads(body) == {"credited": 4.0, "done": False}
    assert taken[0].shown == TO and taken[0].pieces == ((0, 4_000, 1.0),) and taken[0].position == 4_000


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"x" * 5_000, 400),
        (told(page="x"), 400),
        (told(position=-1), 400),
        (told(position=1e9), 400),
        (told(pieces=[[0, 4, 0]]), 400),
        (told(pieces=[[0, 4, 1]] * 41), 400),
        (told(trainee=7), 400),
        (told(token="forged"), 403),
        (told(token=signed(TO)[:-1]), 403),
    ],
)
def test_forged_beats_are_refused_and_not_written(body, status):
    taken = []
    assert post(writing(Written(0, is_done=False), taken), body)[0] == status
    assert not taken


def test_other_sites_and_other_methods_are_refused():
    taken = []
    app = writing(Written(0, is_done=False), taken)
    assert post(app, told(), origin=b"https://elsewhere.example")[0] == 400
    assert post(app, told(), method="GET")[0] == 405
    assert not taken


def test_who_learns_there_no_more_is_told_so():
    assert post(writing(None), told())[0] == 410


def test_what_could_not_be_written_is_to_be_told_again():
    assert post(writing(DatabaseError("gone")), told())[0] == 503


def test_a_database_that_does_not_keep_up_is_not_flooded():
    assert post(Heartbeats(lambda beats: [], most=0), told())[0] == 503


def test_who_hung_up_is_not_answered_and_nothing_is_lost():
    taken = []
    app = writing(Written(0, is_done=False), taken)

    async def receive():
        return {"type": "http.request", "body": told()}

    async def send(message):
        raise RuntimeError("the handler is closed")

    scope = {"method": "POST", "headers": [(b"host", b"x"), (b"origin", b"http://x")]}
    asyncio.run(app(scope, receive, send))
    assert len(taken) == 1
