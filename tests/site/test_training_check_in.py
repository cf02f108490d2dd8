"""Checking in to a class: once, by the code of its door, also delivered later; doubts are looked at."""

from datetime import timedelta

import pytest

from brand.activities.places import cancel
from brand.activities.refusals import CheckInRefused
from lib import rotating
from tests.factories.accounts import person
from tests.factories.classes import BEFORE, BEGINS, a_class, scan, who_comes
from tests.factories.pages import county, course, training_index
from tests.factories.training import TraineeFactory
from training.classes.attendance import attendance_of, attended, classes_attended, who_attended
from training.classes.check_ins import Doubt
from training.classes.checking_in import Told, check_in, codes_of, is_at_the_door, judge, tick
from training.classes.refusals import CodeUnknown
from training.models import CheckIn

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def held():
    return a_class()


@pytest.fixture
def meeting(held):
    return held.meetings.get()


@pytest.fixture
def wang(held):
    return who_comes(held)


def test_who_scans_the_code_is_there_and_counts(held, meeting, wang):
    made, is_new = scan(meeting, wang, at=BEGINS)
    assert is_new
    assert (made.standing, made.way, made.at, made.trainee) == ("counts", "code", BEGINS, wang.trainee)
    wang.refresh_from_db()
    assert wang.checked_in_at == BEGINS
    assert list(who_attended(held)) == [wang]


def test_twice_is_once_and_keeps_the_first_time(meeting, wang):
    scan(meeting, wang, at=BEGINS)
    again, is_new = scan(meeting, wang, at=BEGINS + HOUR, sent=BEGINS + 2 * HOUR)
    assert not is_new
    assert (again.at, CheckIn.objects.count()) == (BEGINS, 1)


def test_what_was_kept_without_a_network_is_delivered_later_under_its_own_time(meeting, wang):
    made, is_new = scan(meeting, wang, at=BEGINS, sent=BEGINS + 5 * HOUR, clock=BEGINS)
    assert is_new
    assert (made.way, made.at, made.received_at) == ("kept", BEGINS, BEGINS + 5 * HOUR)
    assert made.standing == "counts"


@pytest.mark.parametrize(
    ("told", "sent", "doubt"),
    [
        ({}, 7 * HOUR, Doubt.LATE),
        ({"clock": BEGINS + HOUR}, 2 * HOUR, Doubt.CLOCK),
        ({"device": ""}, 0 * HOUR, Doubt.NO_PHONE),
    ],
)
def test_what_is_doubtful_waits_for_the_teacher(meeting, wang, told, sent, doubt):
    made, _new = scan(meeting, wang, at=BEGINS, sent=BEGINS + sent, **told)
    assert (made.standing, made.doubts) == ("asked", [doubt])
    assert made.doubts_said == [str(doubt.label)]


def test_one_phone_for_two_people_makes_both_doubtful(held, meeting, wang):
    li = who_comes(held, 2)
    first, _new = scan(meeting, wang, device="a")
    second, _new = scan(meeting, li, device="a")
    first.refresh_from_db()
    assert [first.standing, second.standing] == ["asked", "asked"]
    assert first.doubts == second.doubts == [Doubt.SAME_PHONE]
    assert not list(who_attended(held))


def test_one_who_was_looked_at_is_not_doubted_again(held, meeting, wang):
    first, _new = scan(meeting, wang, device="a")
    scan(meeting, who_comes(held, 2), device="a")
    judge(check_in=first, counts=True, by=person("teacher"), at=BEGINS)
    scan(meeting, who_comes(held, 3), device="a")
    first.refresh_from_db()
    assert first.standing == "counts"


def test_nobody_is_in_two_classes_at_once(held, wang):
    other = a_class(begins=BEGINS + HOUR)
    there = who_comes(other, trainee=wang.trainee)
    scan(held.meetings.get(), wang)
    made, _new = scan(other.meetings.get(), there)
    assert made.doubts == [Doubt.TWO_PLACES]


def test_a_place_far_from_all_others_is_doubtful(held, meeting):
    for number in range(3):
        scan(meeting, who_comes(held, number), place="山西 长治")
    made, _new = scan(meeting, who_comes(held, 9), place="广东 深圳")
    assert made.doubts == [Doubt.ELSEWHERE]


@pytest.mark.parametrize("code", ["", "AAAAAAAAAA", "大葱", "\x00"])
def test_a_made_up_code_is_none(meeting, wang, code):
    with pytest.raises(CodeUnknown):
        check_in(meeting=meeting, sign_up=wang, told=Told(code), at=BEGINS)
    assert not CheckIn.objects.exists()


def test_a_code_of_before_the_door_of_another_class_or_of_the_future_is_none(held, meeting, wang):
    other = a_class().meetings.get()
    early = rotating.code(meeting.key, at=meeting.opens_at - timedelta(minutes=1))
    future = rotating.code(meeting.key, at=BEGINS + HOUR)
    for code in (codes_of(other)[0], early, future):
        with pytest.raises(CodeUnknown):
            check_in(meeting=meeting, sign_up=wang, told=Told(code), at=BEGINS)
    assert not is_at_the_door(meeting, early, at=BEGINS)


def test_days_later_is_too_late(meeting, wang):
    with pytest.raises(CheckInRefused):
        scan(meeting, wang, at=BEGINS, sent=BEGINS + timedelta(days=4))
    assert not CheckIn.objects.exists()


def test_who_gave_the_place_up_does_not_check_in(meeting, wang):
    cancel(sign_up=wang, at=BEFORE)
    with pytest.raises(CheckInRefused):
        scan(meeting, wang)
    assert not CheckIn.objects.exists()


def test_the_teacher_ticks_and_clears_what_was_doubtful(meeting, wang):
    made, _new = scan(meeting, wang, at=BEGINS, sent=BEGINS + 8 * HOUR)
    tick(meeting=meeting, sign_up=wang, by=person("teacher"), at=BEGINS + 9 * HOUR)
    made.refresh_from_db()
    assert made.standing == "counts"


def test_the_teacher_does_not_tick_before_the_door_opens(meeting, wang):
    with pytest.raises(CheckInRefused):
        tick(meeting=meeting, sign_up=wang, by=person("teacher"), at=BEFORE)


def test_who_is_struck_out_did_not_come(held, meeting, wang):
    teacher = person("teacher")
    made, _new = scan(meeting, wang)
    judge(check_in=made, counts=False, by=teacher, at=BEGINS)
    wang.refresh_from_db()
    assert wang.checked_in_at is None
    assert attendance_of(held, wang).came == 0
    with pytest.raises(CheckInRefused):
        judge(check_in=made, counts=False, by=teacher, at=BEGINS)
    judge(check_in=made, counts=True, by=teacher, at=BEGINS)
    wang.refresh_from_db()
    assert wang.checked_in_at == BEGINS


def test_attended_is_who_came_as_often_as_asked():
    page = course(training_index(county()), "pai-cong")
    held = a_class(days=3, course=page, meetings_needed=2)
    wang = who_comes(held)
    first, second, _third = held.meetings.all()
    scan(first, wang)
    assert not attended(trainee=wang.trainee, course=page)
    scan(second, wang)
    assert attended(trainee=wang.trainee, course=page)
    assert list(classes_attended(wang.trainee)) == [held]
    assert not attended(trainee=TraineeFactory(), course=page)


def test_attending_is_asked_in_one_query(held, wang, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(classes_attended(wang.trainee))
