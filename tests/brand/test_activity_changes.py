"""What the organiser changes, and what happens by itself."""

from datetime import timedelta

import pytest

from accounts.deletion import delete_account
from brand import personal
from brand.activities.changing import appointment, call_off, settle_change
from brand.activities.looking_after import end_late_offers, forget_contacts, remind
from brand.activities.places import cancel
from brand.activities.refusals import AlreadyCalledOff, SignUpRefused
from brand.models import Act, SignUp
from notices.gateways import memory
from tests.factories.accounts import UserFactory, person
from tests.factories.activities import BEFORE, ActivityFactory, person_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty():
    memory.outbox.clear()


@pytest.fixture
def salon():
    return ActivityFactory(capacity=1)


def told() -> list[str]:
    return sorted(f"{message.kind} {message.to[-1]}" for message in memory.outbox)


def test_everybody_hears_that_it_is_called_off_and_why(salon, django_capture_on_commit_callbacks):
    person_at(salon, 1)
    person_at(salon, 2)
    with django_capture_on_commit_callbacks(execute=True):
        call_off(activity=salon, why="下大雪，路封了。", by=person("brand_officer"), at=BEFORE)
    assert told() == ["activity_called_off 1", "activity_called_off 2"]
    assert "下大雪" in memory.outbox[0].text
    with pytest.raises(AlreadyCalledOff):
        call_off(activity=salon, why="再说一遍", by=person("brand_officer"), at=BEFORE)


@pytest.mark.parametrize(("why", "days"), [(" ", 0), ("下雪", 30)])
def test_without_a_reason_or_when_over_it_stays(salon, why, days):
    with pytest.raises(SignUpRefused):
        call_off(activity=salon, why=why, by=person("brand_officer"), at=BEFORE + timedelta(days=days))
    salon.refresh_from_db()
    assert salon.called_off_at is None
    assert not Act.objects.filter(verb="called_off").exists()


def test_people_hear_of_a_new_place(salon, django_capture_on_commit_callbacks):
    person_at(salon, 1)
    before = appointment(salon)
    salon.place = "张家河村委会"
    salon.save()
    with django_capture_on_commit_callbacks(execute=True):
        settle_change(activity=salon, before=before, at=BEFORE)
    assert told() == ["activity_moved 1"]
    assert "张家河村委会" in memory.outbox[0].text


def test_more_room_is_offered_to_who_waits(salon, django_capture_on_commit_callbacks):
    for number in (1, 2, 3):
        person_at(salon, number)
    before, salon.capacity = appointment(salon), 2
    salon.save()
    with django_capture_on_commit_callbacks(execute=True):
        settle_change(activity=salon, before=before, at=BEFORE)
    assert list(salon.sign_ups.values_list("state", flat=True)) == ["going", "offered", "waiting"]
    assert told() == ["activity_offered 2"]


def test_unanswered_offers_end_everywhere(salon):
    first = person_at(salon, 1)
    person_at(salon, 2)
    cancel(sign_up=first, at=BEFORE)
    assert end_late_offers(at=BEFORE + timedelta(hours=23)) == 0
    assert end_late_offers(at=BEFORE + timedelta(hours=25)) == 1
    salon.refresh_from_db()
    assert salon.places_taken == 0


def test_each_is_reminded_once_the_day_before(salon):
    person_at(salon, 1)
    person_at(salon, 2)
    remind(at=salon.starts_at - timedelta(hours=25))
    assert told() == []
    for minutes in (0, 5, 10):
        remind(at=salon.starts_at - timedelta(hours=23) + timedelta(minutes=minutes))
    assert told() == ["activity_reminder 1"]


def test_reminding_asks_the_same_however_many_come(django_assert_max_num_queries):
    fair = ActivityFactory(capacity=None)
    for number in range(12):
        person_at(fair, number)
    at = fair.starts_at - timedelta(hours=2)
    remind(at=at)
    with django_assert_max_num_queries(3):
        remind(at=at)


def test_contact_data_goes_a_year_after_and_the_count_stays(salon):
    made = person_at(salon, 1, user=UserFactory())
    assert forget_contacts(at=salon.ends_at + timedelta(days=364)) == 0
    assert forget_contacts(at=salon.ends_at + timedelta(days=366)) == 1
    made.refresh_from_db()
    assert (made.name, made.phone, made.user, made.state) == ("", "", None, "going")
    assert forget_contacts(at=salon.ends_at + timedelta(days=367)) == 0


def test_who_deletes_the_account_gives_the_place_up(salon):
    user = UserFactory()
    made = person_at(salon, 1, user=user)
    person_at(salon, 2)
    assert personal.export(user)["activities"][0]["activity__title"] == salon.title
    delete_account(user=user, at=BEFORE)
    made.refresh_from_db()
    assert (made.state, made.name, made.phone, made.user) == ("cancelled", "", "", None)
    assert SignUp.objects.get(phone__endswith="2").state == "offered"
