"""Activities in the back office: planned and changed, people checked in by hand, the list as a file."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from brand.models import Act, Activity
from changes.models import Change
from notices.gateways import memory
from tests.factories.accounts import person
from tests.factories.activities import ActivityFactory, person_at
from tests.factories.brand import MemberFactory
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
LIST = "/cms/brand-activities/"


@pytest.fixture
def salon():
    memory.outbox.clear()
    begins = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    return ActivityFactory(
        region=county(), slug="salon", starts_at=begins, ends_at=begins + timedelta(hours=3), capacity=1
    )


@pytest.fixture
def officer(client):
    user = person("brand_officer")
    client.force_login(user)
    return user


@pytest.fixture
def people(salon):
    return f"{LIST}{salon.pk}/people/"


def facts_of(activity, **changed):
    """Return what the form of an activity sends."""
    local = {
        name: timezone.localtime(getattr(activity, name)).strftime("%Y-%m-%d %H:%M")
        for name in ("starts_at", "ends_at")
    }
    names = (
        "kind",
        "title",
        "slug",
        "summary",
        "text",
        "place",
        "address",
        "audience",
        "capacity",
        "contact",
    )
    words = {name: getattr(activity, name) for name in names}
    facts = {"region": activity.region_id, **words, **local, "answer_hours": 24, "outcome": "", "art": ""}
    return {**facts, "takes_sign_ups": "on", "is_public": "on", **changed}


def test_the_list_and_the_form_open(client, officer, salon, people):
    person_at(salon, at=timezone.now())
    for path in (LIST, f"{LIST}new/", f"{LIST}edit/{salon.pk}/", people):
        assert client.get(path).status_code == 200, path


def test_only_who_may_sees_people(client, salon, people):
    client.force_login(person("editor"))
    assert client.get(people)["Location"] == "/cms/" or client.get(people).status_code == 403
    assert client.get(f"{LIST}{salon.pk}/people.xlsx").status_code in (302, 403)


def test_a_new_place_is_saved_told_and_clears_the_pages(
    client, officer, salon, django_capture_on_commit_callbacks
):
    person_at(salon, at=timezone.now())
    memory.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{LIST}edit/{salon.pk}/", facts_of(salon, place="张家河村委会"))
    assert answer.status_code == 302
    salon.refresh_from_db()
    assert (salon.place, salon.places_taken) == ("张家河村委会", 1)
    assert [message.kind for message in memory.outbox] == ["activity_moved"]
    assert Change.objects.filter(thing=f"brand.activity:{salon.pk}", region="lucheng").exists()


@pytest.mark.parametrize("changed", [{"slug": "mine"}, {"capacity": "0"}, {"ends_at": "2020-01-01 08:00"}])
def test_what_cannot_be_is_refused(client, officer, salon, changed):
    answer = client.post(f"{LIST}edit/{salon.pk}/", facts_of(salon, **changed))
    assert answer.status_code == 200
    assert Activity.objects.get(pk=salon.pk).slug == "salon"


def test_fewer_places_than_people_is_refused(client, officer, salon):
    salon.capacity = 2
    salon.save()
    for number in (1, 2):
        person_at(salon, number, at=timezone.now())
    answer = client.post(f"{LIST}edit/{salon.pk}/", facts_of(salon, capacity="1"))
    assert "比这个数还多" in answer.content.decode()
    salon.refresh_from_db()
    assert salon.capacity == 2


def test_the_organiser_checks_in_takes_back_and_takes_off(client, officer, salon, people):
    wang = person_at(salon, at=timezone.now())
    client.post(f"{people}{wang.pk}/came/")
    wang.refresh_from_db()
    assert wang.checked_in_at and Act.objects.get(verb="checked_in").by == officer
    client.post(f"{people}{wang.pk}/undo/")
    client.post(f"{people}{wang.pk}/cancel/")
    wang.refresh_from_db()
    assert (wang.checked_in_at, wang.state) == (None, "cancelled")


def test_a_get_of_an_act_leads_to_the_page(client, officer, salon, people):
    wang = person_at(salon, at=timezone.now())
    for act in (f"{wang.pk}/came/", f"{wang.pk}/cancel/", "write_in/", "call_off/"):
        assert client.get(f"{people}{act}")["Location"] == people
    wang.refresh_from_db()
    assert (wang.state, wang.checked_in_at) == ("going", None)


def test_a_sign_up_of_another_activity_is_not_found(client, officer, salon, people):
    other = person_at(ActivityFactory(), at=timezone.now())
    assert client.post(f"{people}{other.pk}/came/").status_code == 404


def test_who_calls_is_written_in_or_waits(client, officer, salon, people):
    coop = MemberFactory(region=salon.region)
    client.post(f"{people}write_in/", {"write_in-name": "李大爷", "write_in-member": coop.pk})
    client.post(f"{people}write_in/", {"write_in-name": "王秀兰", "write_in-phone": "138 0000 0001"})
    assert list(salon.sign_ups.order_by("pk").values_list("name", "phone", "member", "state")) == [
        ("李大爷", "", coop.pk, "going"),
        ("王秀兰", "+8613800000001", None, "waiting"),
    ]
    twice = client.post(f"{people}write_in/", {"write_in-name": "王", "write_in-phone": "13800000001"})
    assert twice.status_code == 400 and salon.sign_ups.count() == 2


def test_calling_off_needs_a_reason_and_tells_everybody(
    client, officer, salon, people, django_capture_on_commit_callbacks
):
    person_at(salon, at=timezone.now())
    assert client.post(f"{people}call_off/", {"call_off-why": ""}).status_code == 400
    salon.refresh_from_db()
    assert salon.called_off_at is None
    memory.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{people}call_off/", {"call_off-why": "下雪封路。"})
    salon.refresh_from_db()
    assert salon.called_off_why == "下雪封路。" and len(memory.outbox) == 1


def test_people_are_found_by_name_or_number(client, officer, salon, people):
    person_at(salon, 1, at=timezone.now())
    person_at(salon, 2, at=timezone.now())
    for typed in ("王2", "0002"):
        page = client.get(people, {"q": typed}).content.decode()
        assert "王2兰" in page and "王1兰" not in page


def test_the_list_is_a_workbook_without_formulas_and_taking_it_is_written_down(client, officer, salon):
    person_at(salon, at=timezone.now(), name="=1+1")
    answer = client.get(f"{LIST}{salon.pk}/people.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert (sheet["A3"].value, sheet["A3"].data_type, sheet["B3"].value) == ("=1+1", "s", "138 0000 0001")
    assert Act.objects.filter(verb="list_taken", by=officer).exists()


def test_what_people_signed_up_for_is_not_deleted(client, officer, salon):
    person_at(salon, at=timezone.now())
    client.post(f"{LIST}delete/{salon.pk}/")
    assert Activity.objects.filter(pk=salon.pk).exists()


def test_the_page_asks_the_same_however_many_come(client, officer, people, django_assert_max_num_queries):
    festival = ActivityFactory(capacity=None)
    for number in range(9):
        person_at(festival, number, at=timezone.now() - timedelta(days=400), by=officer)
    path = f"{LIST}{festival.pk}/people/"
    client.get(path)
    with django_assert_max_num_queries(26):
        client.get(path)
