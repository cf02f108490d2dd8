"""Places at an activity: never more than there are, and whoever waits is asked in turn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brand.activities.places import accept, cancel, lapse_offers, sign_up
from brand.activities.refusals import (
    AlreadySignedUp,
    MembersOnly,
    NothingToCancel,
    OfferOver,
    SignUpClosed,
    SignUpRefused,
)
from brand.models import Act, SignUp
from notices.gateways import memory
from notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.activities import BEFORE, ActivityFactory, person_at
from tests.factories.brand import MemberFactory

pytestmark = pytest.mark.django_db
State = SignUp.State


@pytest.fixture(autouse=True)
def _empty():
    memory.outbox.clear()


@pytest.fixture
def salon():
    return ActivityFactory()


def states(activity) -> list[str]:
    return list(activity.sign_ups.order_by("pk").values_list("state", flat=True))


def taken(activity) -> int:
    activity.refresh_from_db()
    return activity.places_taken


def test_a_free_place_is_given_at_once_and_told(salon, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = person_at(salon)
    assert made.state == State.GOING and taken(salon) == 1
    assert made.get_absolute_url() in memory.outbox[0].text
    assert memory.outbox[0].to == "+8613800000001"


def test_a_full_activity_lets_wait_in_turn(salon):
    for number in range(1, 5):
        person_at(salon, number)
    assert states(salon) == ["going", "going", "waiting", "waiting"]
    assert taken(salon) == 2


def test_no_limit_gives_everybody_a_place():
    festival = ActivityFactory(capacity=None)
    for number in range(5):
        person_at(festival, number)
    assert states(festival) == ["going"] * 5


def test_a_place_given_up_is_offered_to_the_first_who_waits(salon, django_capture_on_commit_callbacks):
    first, *_others = [person_at(salon, number) for number in range(1, 5)]
    memory.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        cancel(sign_up=first, at=BEFORE + timedelta(hours=1))
    assert states(salon) == ["cancelled", "going", "offered", "waiting"]
    third = salon.sign_ups.get(state=State.OFFERED)
    assert third.answer_by == BEFORE + timedelta(hours=25)
    assert [message.to for message in memory.outbox] == [third.phone]
    assert taken(salon) == 2


def test_the_answer_is_due_when_it_begins_at_the_latest(salon):
    first, _second, third = (person_at(salon, number) for number in range(1, 4))
    cancel(sign_up=first, at=salon.starts_at - timedelta(hours=3))
    third.refresh_from_db()
    assert third.answer_by == salon.starts_at


def test_once_it_has_begun_nobody_is_asked_any_more(salon):
    first, *_ = [person_at(salon, number) for number in range(1, 4)]
    cancel(sign_up=first, at=salon.starts_at)
    assert states(salon) == ["cancelled", "going", "waiting"]
    assert taken(salon) == 1


def test_who_says_yes_in_time_has_the_place(salon):
    first, _second, third = (person_at(salon, number) for number in range(1, 4))
    cancel(sign_up=first, at=BEFORE)
    third.refresh_from_db()
    accept(sign_up=third, at=third.answer_by)
    assert third.state == State.GOING and third.answer_by is None
    with pytest.raises(OfferOver):
        accept(sign_up=third, at=BEFORE)


def test_who_does_not_answer_loses_the_turn_to_the_next(salon, django_capture_on_commit_callbacks):
    first, _second, third, fourth = (person_at(salon, number) for number in range(1, 5))
    cancel(sign_up=first, at=BEFORE)
    late = BEFORE + timedelta(hours=24, seconds=1)
    third.refresh_from_db()
    with pytest.raises(OfferOver):
        accept(sign_up=third, at=late)
    memory.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert lapse_offers(activity=salon, at=late) == 1
    assert states(salon) == ["cancelled", "going", "lapsed", "offered"]
    assert {message.to for message in memory.outbox} == {third.phone, fourth.phone}
    assert lapse_offers(activity=salon, at=late) == 0


def test_a_number_has_one_place(salon):
    first = person_at(salon)
    with pytest.raises(AlreadySignedUp) as refused:
        person_at(salon, name="别人")
    assert refused.value.sign_up == first
    assert states(salon) == ["going"]
    cancel(sign_up=first, at=BEFORE)
    assert person_at(salon).state == State.GOING


def test_an_account_has_one_place_whatever_its_number(salon):
    user = UserFactory()
    person_at(salon, 1, user=user)
    with pytest.raises(AlreadySignedUp):
        person_at(salon, 2, user=user)


def test_the_time_is_kept_but_not_by_the_organiser(salon):
    salon.sign_up_until = BEFORE
    salon.save()
    with pytest.raises(SignUpClosed):
        person_at(salon)
    assert states(salon) == []
    assert person_at(salon, by=UserFactory()).state == State.GOING


def test_what_is_for_members_takes_those_who_act_for_one():
    salon = ActivityFactory(audience="members")
    with pytest.raises(MembersOnly):
        person_at(salon)
    assert person_at(salon, member=MemberFactory()).state == State.GOING


@pytest.mark.parametrize("facts", [{"takes_sign_ups": False}, {"called_off_at": BEFORE}])
def test_what_takes_nobody_refuses(facts):
    salon = ActivityFactory(**facts)
    with pytest.raises(SignUpClosed):
        person_at(salon)
    assert not SignUp.objects.exists()


def test_what_ended_cannot_be_cancelled_again(salon):
    made = person_at(salon)
    cancel(sign_up=made, at=BEFORE)
    ended = made.ended_at
    with pytest.raises(NothingToCancel):
        cancel(sign_up=made, at=BEFORE + timedelta(hours=1))
    made.refresh_from_db()
    assert made.ended_at == ended


def test_every_step_is_in_the_trail(salon):
    user = UserFactory()
    made = person_at(salon, user=user)
    cancel(sign_up=made, at=BEFORE)
    trail = Act.objects.filter(subject_type__model="signup").values_list("verb", "by")
    assert list(trail) == [("signed_up", user.pk), ("cancelled", user.pk)]


def test_an_account_is_told_on_the_site_too(salon, django_capture_on_commit_callbacks):
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        made = person_at(salon, user=user)
    assert set(Notice.objects.values_list("channel", "url")) == {
        ("site", made.get_absolute_url()),
        ("sms", made.get_absolute_url()),
    }


def test_the_database_refuses_a_place_too_many(salon):
    person_at(salon, 1)
    person_at(salon, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(salon).objects.filter(pk=salon.pk).update(places_taken=3)


MOVES = st.lists(
    st.tuples(st.sampled_from(["sign_up", "cancel", "accept", "lapse"]), st.integers(0, 7)), max_size=25
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, capacity=st.integers(1, 3))
def test_whatever_people_do_places_add_up(moves, capacity):
    with transaction.atomic():
        salon = ActivityFactory(capacity=capacity)
        for hour, (move, number) in enumerate(moves):
            at = BEFORE + timedelta(hours=3 * hour)
            mine = salon.sign_ups.live().filter(phone=f"+86138000{number:05d}").first()
            try:
                if move == "sign_up":
                    person_at(salon, number, at=at)
                elif move == "lapse":
                    lapse_offers(activity=salon, at=at)
                elif mine:
                    (cancel if move == "cancel" else accept)(sign_up=mine, at=at)
            except SignUpRefused:
                pass
            held = salon.sign_ups.holding().count()
            assert held == taken(salon) <= capacity
            assert held == capacity or not salon.sign_ups.queue().exists() or at >= salon.starts_at
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_only_so_many_get_a_place():
    salon, people = ActivityFactory(capacity=3), 8
    start = Barrier(people)

    def ask(number: int) -> str:
        try:
            start.wait()
            return sign_up(activity=salon, name="王", phone=f"+86138000{number:05d}", at=BEFORE).state
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection")
    with ThreadPoolExecutor(people) as pool:
        outcomes = sorted(pool.map(ask, range(people)))
    assert outcomes == ["going"] * 3 + ["waiting"] * 5
    assert taken(salon) == 3
