"""Checking in at the door: with the code of the moment, or by the organiser's hand."""

from datetime import timedelta

import pytest

from brand.activities.check_in import check_in, code_now, is_at_the_door, undo_check_in
from brand.activities.places import cancel
from brand.activities.refusals import CheckInRefused
from brand.models import Act
from lib import rotating
from tests.factories.accounts import person
from tests.factories.activities import BEFORE, ActivityFactory, person_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def salon():
    return ActivityFactory(capacity=1)


@pytest.fixture
def wang(salon):
    return person_at(salon)


def test_a_code_lives_for_two_steps_and_no_longer(salon):
    at = salon.starts_at.replace(second=0)
    code = code_now(salon, at=at)
    assert is_at_the_door(salon, code, at=at)
    assert is_at_the_door(salon, code.lower(), at=at + timedelta(seconds=59))
    assert not is_at_the_door(salon, code, at=at + timedelta(seconds=60))
    assert not is_at_the_door(salon, code, at=at - timedelta(seconds=1))
    assert rotating.seconds_left(at=at + timedelta(seconds=29)) == 1


@pytest.mark.parametrize("typed", ["", "AAAAAAAAAA", "大葱", "\x00", "A" * 10_000])
def test_anything_else_is_not_the_code(salon, typed):
    assert not is_at_the_door(salon, typed, at=salon.starts_at)


def test_the_code_of_another_activity_opens_nothing(salon):
    other = ActivityFactory()
    assert not is_at_the_door(salon, code_now(other, at=BEFORE), at=BEFORE)


def test_who_has_a_place_checks_in_once(salon, wang):
    assert check_in(sign_up=wang, at=salon.starts_at) is True
    later = salon.starts_at + timedelta(minutes=5)
    assert check_in(sign_up=wang, at=later) is False
    assert wang.checked_in_at == salon.starts_at
    assert Act.objects.filter(verb="checked_in").count() == 1


@pytest.mark.parametrize("hours", [-2.1, 5.1])
def test_the_door_is_open_around_the_time_only(salon, wang, hours):
    with pytest.raises(CheckInRefused):
        check_in(sign_up=wang, at=salon.starts_at + timedelta(hours=hours))
    wang.refresh_from_db()
    assert wang.checked_in_at is None


def test_the_organiser_may_still_write_it_down_the_day_after(salon, wang):
    officer = person("brand_officer")
    check_in(sign_up=wang, at=salon.ends_at + timedelta(days=1), by=officer)
    assert wang.checked_in_at
    assert Act.objects.get(verb="checked_in").by == officer
    undo_check_in(sign_up=wang, at=salon.ends_at + timedelta(days=1), by=officer)
    assert wang.checked_in_at is None
    with pytest.raises(CheckInRefused):
        undo_check_in(sign_up=wang, at=salon.ends_at, by=officer)


def test_who_waits_or_cancelled_does_not_check_in(salon, wang):
    waiting = person_at(salon, 2)
    with pytest.raises(CheckInRefused):
        check_in(sign_up=waiting, at=salon.starts_at)
    cancel(sign_up=wang, at=BEFORE)
    with pytest.raises(CheckInRefused):
        check_in(sign_up=wang, at=salon.starts_at)
    assert not salon.sign_ups.exclude(checked_in_at=None).exists()


def test_who_comes_to_an_offered_place_has_said_yes(salon, wang):
    offered = person_at(salon, 2)
    cancel(sign_up=wang, at=BEFORE + timedelta(days=3, hours=12))
    offered.refresh_from_db()
    check_in(sign_up=offered, at=salon.starts_at - timedelta(minutes=20))
    assert offered.state == "going" and offered.checked_in_at
    salon.refresh_from_db()
    assert salon.places_taken == 1
