"""The pages of classes: what is on, a place, the door with and without a network, feedback."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lib import rotating
from tests.factories.accounts import UserFactory, person
from tests.factories.classes import a_class, scan, who_comes
from tests.factories.pages import county, course, training_index
from tests.factories.training import TraineeFactory
from training.classes import phones
from training.classes.checking_in import code_now
from training.models import CheckIn, Feedback, Trainee

pytestmark = pytest.mark.django_db


@pytest.fixture
def lucheng():
    return county()


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def coming(lucheng, now):
    return a_class(lucheng, begins=now + timedelta(days=4), slug="pai-cong")


@pytest.fixture
def running(lucheng, now):
    """A class that began half an hour ago."""
    return a_class(lucheng, begins=now - timedelta(minutes=30), slug="jin-tian", title="今天的课")


def leads(held):
    """The teacher who leads a class."""
    held.led_by = person("teacher")
    held.save()
    return held.led_by


def signed_up(held, now, number=1, **facts):
    return who_comes(held, number, at=now - timedelta(days=3), **facts)


def test_the_list_shows_what_is_coming_and_what_has_been(client, lucheng, coming, now):
    a_class(lucheng, begins=now - timedelta(days=9), slug="a", title="上周的课")
    a_class(lucheng, begins=now + timedelta(days=9), slug="b", title="没公布的", words={"is_public": False})
    a_class(lucheng, begins=now + timedelta(days=9), slug="c", title="开直播", kind="live", form="live")
    text = client.get("/training/classes/").content.decode()
    assert "手机拍葱" in text
    assert "上周的课" in text
    assert "没公布的" not in text
    text = client.get("/training/classes/", {"kind": "live"}).content.decode()
    assert "开直播" in text
    assert "手机拍葱" not in text


def test_the_list_takes_few_queries_however_many_classes(client, lucheng, now):
    for day in range(1, 6):
        a_class(lucheng, begins=now + timedelta(days=day), slug=f"c-{day}", days=2)
    client.get("/training/classes/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/training/classes/?page=1").status_code == 200
    assert len(captured) <= 12


def test_a_class_says_when_where_who_and_leads_to_a_place(client, coming):
    text = client.get("/training/classes/pai-cong/").content.decode()
    for words in (
        "张家河村便民中心",
        "赵爱梅",
        "第1讲",
        "/training/classes/pai-cong/sign-up/",
        "EducationEvent",
    ):
        assert words in text


def test_the_associations_pages_lead_to_the_class(client, coming):
    login(client, person("brand_officer"))
    for path in ("", "sign-up/", "check-in/", "screen/"):
        answer = client.get(f"/brand/activities/pai-cong/{path}")
        assert (answer.status_code, answer["Location"]) == (302, "/training/classes/pai-cong/")


def login(client, user):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")


def test_signing_up_leads_through_sign_in_and_makes_a_trainee(client, coming):
    path = "/training/classes/pai-cong/sign-up/"
    assert client.get(path)["Location"].startswith("/accounts/login/?next=")
    user = UserFactory(phone="13800000009", phone_verified=True)
    login(client, user)
    client.post(path, {"name": "王秀兰", "group": "grower", "place": "张家河村"})
    trainee, place = Trainee.objects.get(user=user), coming.activity.sign_ups.get()
    assert (trainee.name, trainee.region, place.user, place.state) == (
        "王秀兰",
        coming.activity.region,
        user,
        "going",
    )
    client.post(path)  # pressed twice
    assert coming.activity.sign_ups.count() == 1
    text = client.get("/training/me/classes/").content.decode()
    assert place.token in text  # the phone keeps it for the door
    assert "手机拍葱" in text


def test_who_comes_too_late_waits(client, lucheng, now):
    full = a_class(lucheng, begins=now + timedelta(days=4), slug="full", words={"capacity": 1})
    who_comes(full, at=now)
    trainee = TraineeFactory()
    login(client, trainee.user)
    client.post("/training/classes/full/sign-up/")
    assert full.activity.sign_ups.get(user=trainee.user).state == "waiting"


def test_the_code_of_the_moment_opens_the_door_once(client, running, now):
    meeting, wang = running.meetings.get(), signed_up(running, now)
    login(client, wang.user)
    door = f"/training/classes/door/{meeting.pk}/"
    answer = client.get(door, {"now": code_now(meeting, at=timezone.now())})
    assert (answer.status_code, answer["Location"]) == (302, door)
    assert "class_phone" in answer.cookies
    assert f"{wang.name}，到了" in client.post(door).content.decode()
    made = CheckIn.objects.get()
    assert (made.standing, made.way, bool(made.device)) == ("counts", "code", True)
    for again in (client.post(door), client.get(door)):
        assert "你签过到了" in again.content.decode()
    assert CheckIn.objects.count() == 1


def test_an_old_code_opens_nothing(client, running, now):
    meeting, wang = running.meetings.get(), signed_up(running, now)
    login(client, wang.user)
    door = f"/training/classes/door/{meeting.pk}/"
    old = rotating.code(meeting.key, at=timezone.now() - timedelta(minutes=5))
    answer = client.get(door, {"now": old})
    assert answer.status_code == 403
    client.post(door)
    assert not CheckIn.objects.exists()


def test_who_was_written_in_by_hand_types_the_number(client, running, now):
    meeting = running.meetings.get()
    first, second = signed_up(running, now, 1), signed_up(running, now, 2)
    door = f"/training/classes/door/{meeting.pk}/"
    client.get(door, {"now": code_now(meeting, at=timezone.now())})
    assert client.post(door, {"phone": "138 0000 0077"}).status_code == 400
    client.post(door, {"phone": first.phone})
    text = client.post(door, {"phone": second.phone}).content.decode()
    # the same phone for two people: nobody is turned away, somebody has to look
    assert [each.standing for each in CheckIn.objects.all()] == ["asked", "asked"]
    assert "同一部手机" in text


def deliver(client, *entries):
    answer = client.post("/training/classes/door/kept/", json.dumps(entries), content_type="application/json")
    return answer.json()["answers"] if answer.status_code == 200 else answer.status_code


def kept(person_, meeting, shown):
    code = rotating.code(meeting.key, at=shown)
    clock = int(shown.timestamp() * 1000)
    return {"ticket": person_.token, "meeting": meeting.pk, "code": code, "clock": clock}


def test_what_a_phone_kept_is_delivered_without_signing_in_and_counts_once(client, running, now):
    meeting, wang = running.meetings.get(), signed_up(running, now)
    shown = meeting.starts_at
    entry = kept(wang, meeting, shown)
    client.cookies[phones.COOKIE] = "given with the list of one's classes"
    assert [each["state"] for each in deliver(client, entry, entry)] == ["new", "known"]
    assert [each["state"] for each in deliver(client, entry)] == ["known"]
    made = CheckIn.objects.get()
    assert (made.way, made.standing) == ("kept", "counts")
    assert 0 <= (shown - made.at).total_seconds() < rotating.STEP


def test_what_nobody_can_have_seen_is_refused_with_its_reason(client, running, now):
    meeting, wang = running.meetings.get(), signed_up(running, now)
    good = kept(wang, meeting, meeting.starts_at)
    for bad, state in (
        ({"code": "AAAAAAAAAA"}, "refused"),
        ({"ticket": "x"}, "unknown"),
        ({"meeting": 0}, "unknown"),
    ):
        (answer,) = deliver(client, {**good, **bad})
        assert answer["state"] == state
        assert answer["reason"]
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("body", ["", "{}", "[1]", '[{"ticket": 1}]', "[" * 5000])
def test_what_is_no_delivery_is_refused(client, running, body):
    answer = client.post("/training/classes/door/kept/", body, content_type="application/json")
    assert answer.status_code == 400


def test_the_shell_of_the_door_is_the_same_for_everybody(client, lucheng):
    answer = client.get("/training/classes/door/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert client.get("/training/classes/worker.js")["Content-Type"].startswith("text/javascript")


def test_only_those_who_run_classes_see_the_screen_and_the_list(client, running, now):
    meeting, wang = running.meetings.get(), signed_up(running, now)
    for page in ("screen", "hand"):
        assert client.get(f"/training/classes/{page}/{meeting.pk}/")["Location"].startswith(
            "/accounts/login/"
        )
    login(client, wang.user)
    for page in ("screen", "hand"):
        assert client.get(f"/training/classes/{page}/{meeting.pk}/").status_code == 403
    login(client, person("teacher"))
    assert client.get(f"/training/classes/hand/{meeting.pk}/").status_code == 403, "another's class"
    login(client, leads(running))
    assert "<svg" in client.get(f"/training/classes/screen/{meeting.pk}/").content.decode()
    assert "<svg" in client.get(f"/training/classes/screen/{meeting.pk}/now/").content.decode()
    assert wang.name in client.get(f"/training/classes/hand/{meeting.pk}/").content.decode()


def test_the_teacher_ticks_by_form_and_by_what_the_phone_kept(client, running, now):
    meeting = running.meetings.get()
    wang, li = signed_up(running, now, 1), signed_up(running, now, 2)
    login(client, leads(running))
    path = f"/training/classes/hand/{meeting.pk}/"
    assert client.post(path, {"sign_up": wang.pk}).status_code == 200
    assert client.post(path, {"sign_up": "0"}).status_code == 400
    clock = int(meeting.starts_at.timestamp() * 1000)
    ticks = [{"sign_up": li.pk, "clock": clock}, {"sign_up": wang.pk, "clock": clock}]
    answers = client.post(path, json.dumps(ticks), content_type="application/json").json()["answers"]
    assert {key: each["state"] for key, each in answers.items()} == {str(li.pk): "new", str(wang.pk): "known"}
    assert CheckIn.objects.get(sign_up=li).at == meeting.starts_at


def test_who_came_says_how_it_was_once_and_unnamed(client, running, now):
    meeting, wang = running.meetings.get(), signed_up(running, now)
    path, answers = "/training/classes/jin-tian/feedback/", {"content": 5, "teaching": 4, "setting": 3}
    login(client, wang.user)
    client.post(path, answers)  # has not come yet
    assert not Feedback.objects.exists()
    scan(meeting, wang)
    client.post(path, {**answers, "words": "讲得慢，听得懂"})
    client.post(path, {**answers, "content": 1})
    given = Feedback.objects.get()
    assert given.content == 5
    assert wang.token not in given.mark
    # one answer is shown to nobody
    assert "讲得慢" not in client.get("/training/classes/jin-tian/").content.decode()
    assert client.post(path, {**answers, "content": 6}).status_code == 400


def test_a_course_leads_to_its_classes(client, lucheng, now):
    page = course(training_index(lucheng), "pai-cong")
    a_class(lucheng, begins=now + timedelta(days=4), slug="live", title="拍葱直播", course=page)
    a_class(lucheng, begins=now - timedelta(days=4), slug="past", title="上周的直播", course=page)
    text = client.get("/training/pai-cong/").content.decode()
    assert "/training/classes/live/" in text
    assert "上周的直播" not in text
