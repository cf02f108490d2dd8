"""Classes in the back office: opened, looked after, documented, followed up."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image
from wagtail.models import GroupPagePermission

from accounts.deletion import delete_account
from accounts.export import personal_data
from notices.models import Notice
from tests.factories.accounts import UserFactory, person
from tests.factories.classes import BEGINS, EquipmentFactory, RoomFactory, a_class, scan, who_comes
from tests.factories.pages import county, course, open_training
from tests.factories.training import EnrolmentFactory
from training.classes.checking_in import judge
from training.classes.following_up import AskedAlready, TriedToday, plan_follow_ups, record_answer, remind
from training.classes.giving_feedback import echo_of, give_feedback
from training.classes.looking_after import classes_of
from training.classes.refusals import ClassRefused
from training.classes.replay import become_lesson
from training.classes.telling import officers
from training.models import Booking, Certificate, CheckIn, ClassPhoto, FollowUp, TrainingClass

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def lucheng():
    region = county()
    open_training(region)
    return region


@pytest.fixture
def teacher(client):
    user = person("teacher")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


@pytest.fixture
def officer(client):
    user = person("training_officer")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def picture(colour="green") -> ContentFile:
    out = BytesIO()
    image = Image.new("RGB", (80, 60), colour)
    exif = Image.Exif()
    exif[0x010F] = "HUAWEI"
    image.save(out, "JPEG", exif=exif)
    return ContentFile(out.getvalue(), name="IMG_1.jpg")


def desk(held, *more):
    return reverse("training-classes:desk", args=[held.pk]) + "".join(f"{each}/" for each in more)


def opening(lucheng, **facts):
    begins = timezone.localtime(timezone.now() + 3 * DAY)
    return {
        "region": lucheng.pk,
        "title": "手机拍葱",
        "form": "room",
        "kind": "skills",
        "teacher": "赵爱梅",
        "place": "张家河村便民中心",
        "capacity": "20",
        "starts_at": f"{begins:%Y-%m-%d} 09:00",
        "ends_at": f"{begins:%Y-%m-%d} 12:00",
        "follow_up_days": "90",
        "is_public": "on",
        **facts,
    }


def test_a_teacher_opens_a_class_with_its_room(client, lucheng, teacher):
    room, camera = RoomFactory(region=lucheng), EquipmentFactory(region=lucheng)
    answer = client.post(
        reverse("training-classes:add"), opening(lucheng, room=room.pk, equipment=[camera.pk])
    )
    held = TrainingClass.objects.get()
    assert answer["Location"] == desk(held)
    assert (held.activity.title, held.activity.home, held.meetings.count()) == ("手机拍葱", "training", 1)
    assert Booking.objects.get().room == room
    assert client.get("/training/classes/").status_code == 200
    assert client.get(reverse("training-classes:index")).status_code == 200
    # the same hour again: said on the form, nothing is opened
    again = client.post(reverse("training-classes:add"), opening(lucheng, room=room.pk))
    assert again.status_code == 200
    assert "手机拍葱，赵爱梅" in again.content.decode()
    assert TrainingClass.objects.count() == 1


def test_its_words_are_changed_and_its_places_not_below_those_taken(client, lucheng, teacher):
    held = a_class(lucheng, led_by=teacher, begins=timezone.now() + 3 * DAY)
    who_comes(held, 1, at=timezone.now()), who_comes(held, 2, at=timezone.now())
    path = reverse("training-classes:edit", args=[held.pk])
    assert client.get(path).status_code == 200
    facts = {**opening(lucheng), "title": "手机拍葱（二）"}
    assert client.post(path, {**facts, "capacity": "1"}).status_code == 200
    assert client.post(path, facts).status_code == 302
    held.activity.refresh_from_db()
    assert (held.activity.title, held.activity.places_taken) == ("手机拍葱（二）", 2)


def test_the_page_of_a_class_shows_people_and_doubts_and_takes_a_word_on_them(client, lucheng, teacher):
    held = a_class(lucheng, led_by=teacher, begins=timezone.now() - timedelta(minutes=30))
    meeting = held.meetings.get()
    people = [who_comes(held, number, at=timezone.now() - DAY) for number in (1, 2)]
    for each in people:
        scan(meeting, each, device="a")
    text = client.get(desk(held)).content.decode()
    assert "同一部手机" in text
    first, second = CheckIn.objects.all()
    assert client.get(desk(held, "check-ins", first.pk, "confirm")).status_code == 302
    client.post(desk(held, "check-ins", first.pk, "confirm"))
    client.post(desk(held, "check-ins", second.pk, "strike"))
    assert [each.standing for each in CheckIn.objects.order_by("pk")] == ["counts", "struck"]


def test_acts_of_the_page(client, lucheng, teacher):
    held = a_class(lucheng, led_by=teacher, begins=timezone.now() + 3 * DAY)
    client.post(desk(held, "write_in"), {"write_in-name": "李大爷", "write_in-phone": ""})
    assert held.activity.sign_ups.get().name == "李大爷"
    day = timezone.localtime(timezone.now() + 5 * DAY).strftime("%Y-%m-%d")
    times = {"add_meeting-starts_at": f"{day} 09:00", "add_meeting-ends_at": f"{day} 08:00"}
    assert client.post(desk(held, "add_meeting"), times).status_code == 400
    client.post(desk(held, "add_meeting"), {**times, "add_meeting-ends_at": f"{day} 12:00"})
    assert held.meetings.count() == 2
    client.post(desk(held, "call_off"), {"call_off-why": "下大雪"})
    held.activity.refresh_from_db()
    assert held.activity.called_off_why == "下大雪"
    assert client.get(desk(held)).status_code == 200


def test_photos_lose_what_the_camera_wrote_and_are_shown_when_said(client, lucheng, teacher):
    held = a_class(lucheng, led_by=teacher, begins=timezone.now() - timedelta(minutes=30))
    client.post(desk(held, "photos"), {"photos-photos": [picture(), picture("red"), picture()]})
    photo = ClassPhoto.objects.first()
    assert ClassPhoto.objects.count() == 2
    with Image.open(photo.file.open()) as kept:
        assert not kept.getexif()
    assert client.get(photo.get_absolute_url()).status_code == 200
    client.logout()
    assert client.get(photo.get_absolute_url()).status_code == 404
    client.force_login(teacher, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(desk(held, "photos", photo.pk, "show"))
    client.logout()
    assert client.get(photo.get_absolute_url()).status_code == 200
    client.force_login(teacher, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(desk(held, "photos", photo.pk, "remove"))
    assert client.get(photo.get_absolute_url()).status_code == 404


def test_what_is_no_photo_is_refused(client, lucheng, teacher):
    held = a_class(lucheng, led_by=teacher, begins=timezone.now() - timedelta(minutes=30))
    exe = ContentFile(b"MZ\x90\x00" * 50, name="class.jpg")
    assert client.post(desk(held, "photos"), {"photos-photos": [exe]}).status_code == 400
    assert not ClassPhoto.objects.exists()


@pytest.mark.parametrize("came", ["", "?came=1"])
def test_the_sheet_is_a_pdf_and_the_list_a_workbook(client, lucheng, teacher, came):
    held = a_class(lucheng, led_by=teacher, begins=timezone.now() - timedelta(minutes=30))
    meeting = held.meetings.get()
    scan(meeting, who_comes(held, at=timezone.now() - DAY))
    answer = client.get(desk(held, "meetings", meeting.pk) + f"sheet.pdf{came}")
    assert answer.content.startswith(b"%PDF")
    book = load_workbook(BytesIO(client.get(desk(held) + "people.xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 3
    assert rows[2][-1] == "是"


def test_a_recording_becomes_a_lesson_once(lucheng):
    page = course(lucheng.site.root_page.get_children().get(slug="training").specific, "pai-cong", lessons=1)
    held, by = a_class(lucheng, replay_url="https://live.example.org/1"), person("teacher")
    with pytest.raises(ClassRefused):
        become_lesson(training_class=held, video=None, title="", by=by, at=BEGINS)
    held.course = page
    held.save()
    lesson = become_lesson(training_class=held, video=None, title="", by=by, at=BEGINS)
    assert (lesson.title, lesson.live, lesson.minutes) == ("手机拍葱", False, 180)
    assert "https://live.example.org/1" in str(lesson.body)
    assert lesson.get_parent().pk == page.pk
    with pytest.raises(ClassRefused):
        become_lesson(training_class=held, video=None, title="", by=by, at=BEGINS)
    assert page.get_children().count() == 2


def test_feedback_is_shown_from_three_answers_on(lucheng):
    held = a_class(lucheng)
    meeting = held.meetings.get()
    for number in range(3):
        assert not echo_of(held).words
        wang = who_comes(held, number)
        scan(meeting, wang)
        answer = {"content": 5, "teaching": 4, "setting": 3, "words": f"好{number}"}
        give_feedback(training_class=held, sign_up=wang, at=BEGINS, **answer)
    assert (echo_of(held).content, len(echo_of(held).words)) == (5, 3)


def test_who_attended_is_asked_after_and_what_they_say_is_written_once(lucheng, officer, client):
    held = a_class(lucheng, follow_up_days=90)
    came, _stayed_away = who_comes(held, 1), who_comes(held, 2)
    scan(held.meetings.get(), came)
    over = held.activity.ends_at + 2 * DAY
    assert plan_follow_ups(at=over) == 1
    assert plan_follow_ups(at=over) == 0
    due = FollowUp.objects.get()
    assert (due.sign_up, due.trainee) == (came, came.trainee)
    assert due.due_on == timezone.localdate(held.activity.ends_at) + 90 * DAY
    assert remind(at=over) == 0
    later = over + 90 * DAY
    assert remind(at=later) == 1
    remind(at=later)
    assert Notice.objects.filter(kind="class_follow_ups").count() == 1
    path = reverse("training-follow-ups:edit", args=[due.pk])
    assert path in client.get(reverse("training-follow-ups:index")).content.decode(), "the list leads to it"
    text = client.get(path).content.decode()
    assert came.name in text
    client.post(path, {"way": "phone", "outcome": "shop", "income": "to_3000", "words": "开了店"})
    due.refresh_from_db()
    assert (due.outcome, due.asked_by) == ("shop", officer)
    with pytest.raises(AskedAlready):
        record_answer(follow_up=due, outcome="same", way="visit", by=officer, at=later)
    assert client.post(path, {"way": "visit", "outcome": "same"}).status_code == 200
    due.refresh_from_db()
    assert due.outcome == "shop"
    assert client.get(reverse("training-follow-ups:index") + "?export=xlsx").status_code == 200


def test_who_is_not_reached_stays_due_and_is_closed_after_three_days(lucheng, officer, client):
    held = a_class(lucheng, follow_up_days=90)
    scan(held.meetings.get(), who_comes(held))
    plan_follow_ups(at=held.activity.ends_at + 2 * DAY)
    due, later = FollowUp.objects.get(), held.activity.ends_at + 91 * DAY
    record_answer(follow_up=due, outcome="unreached", way="phone", by=officer, at=later)
    assert (due.asked_at, due.outcome, remind(at=later)) == (None, "", 1)
    with pytest.raises(TriedToday):
        record_answer(follow_up=due, outcome="unreached", way="visit", by=officer, at=later)
    record_answer(follow_up=due, outcome="unreached", way="visit", by=officer, at=later + DAY)
    assert due.tries.count() == 2
    path = reverse("training-follow-ups:edit", args=[due.pk])
    assert "没联系上" in client.get(path).content.decode()
    client.post(path, {"way": "phone", "outcome": "unreached"})  # today
    due.refresh_from_db()
    assert (due.outcome, due.tries.count(), due.asked_by) == ("unreached", 3, officer)
    assert remind(at=later) == 0
    assert not FollowUp.objects.reached().exists()
    with pytest.raises(AskedAlready):
        record_answer(follow_up=due, outcome="shop", way="phone", by=officer, at=later + 9 * DAY)


def test_who_is_found_to_have_come_later_is_asked_as_well(lucheng, officer):
    held = a_class(lucheng, follow_up_days=90)
    meeting, first, late = held.meetings.get(), who_comes(held, 1), who_comes(held, 2)
    scan(meeting, first)
    assert plan_follow_ups(at=held.activity.ends_at + 2 * DAY) == 1
    made, _new = scan(meeting, late, sent=held.activity.ends_at + 2 * DAY)  # in doubt: sent in late
    assert plan_follow_ups(at=held.activity.ends_at + 3 * DAY) == 0
    judge(check_in=made, counts=True, by=officer, at=held.activity.ends_at + 3 * DAY)
    assert plan_follow_ups(at=held.activity.ends_at + 4 * DAY) == 1
    assert set(FollowUp.objects.values_list("sign_up", flat=True)) == {first.pk, late.pk}
    assert len(set(FollowUp.objects.values_list("due_on", flat=True))) == 1


def test_a_teacher_sees_the_classes_they_lead_and_no_others(client, lucheng, teacher):
    begun = timezone.now() - timedelta(minutes=30)
    own, other = (
        a_class(lucheng, begins=begun, led_by=teacher),
        a_class(lucheng, begins=begun, title="别人的课"),
    )
    for held in (own, other):
        scan(held.meetings.get(), who_comes(held, at=begun - DAY))
        FollowUp.objects.create(
            training_class=held, sign_up=held.activity.sign_ups.get(), due_on=timezone.localdate()
        )
    listed = client.get(reverse("training-classes:index")).content.decode()
    assert "手机拍葱" in listed and "别人的课" not in listed
    listed = client.get(reverse("training-follow-ups:index")).content.decode()
    assert "手机拍葱" in listed and "别人的课" not in listed
    meeting, check_in = other.meetings.get(), CheckIn.objects.get(meeting__training_class=other)
    for path in (
        desk(other),
        desk(other) + "people.xlsx",
        desk(other, "meetings", meeting.pk) + "sheet.pdf",
        reverse("training-classes:edit", args=[other.pk]),
        reverse("training-follow-ups:edit", args=[other.follow_ups.get().pk]),
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(desk(other, "check-ins", check_in.pk, "strike")).status_code == 404
    assert client.post(desk(other, "call_off"), {"call_off-why": "x"}).status_code == 404
    check_in.refresh_from_db()
    assert (check_in.standing, other.activity.called_off_at) == ("counts", None)


def test_who_opens_a_class_without_overseeing_leads_it(client, lucheng, teacher):
    client.post(reverse("training-classes:add"), opening(lucheng, led_by=person("teacher").pk))
    assert TrainingClass.objects.get().led_by == teacher


def test_an_officer_of_one_county_sees_that_one(client, lucheng):
    daning = county("daning", default=False)
    open_training(daning)
    role = Group.objects.get(role__slug="training_officer")
    group = Group.objects.create(name="潞城培训")
    group.permissions.set(role.permissions.all())
    for right in GroupPagePermission.objects.filter(
        group=role, page__in=lucheng.site.root_page.get_children()
    ):
        GroupPagePermission.objects.create(group=group, page=right.page, permission=right.permission)
    user = UserFactory()
    user.groups.add(group)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    here, there = a_class(lucheng), a_class(daning, title="大宁的课")
    assert set(classes_of(user)) == {here}
    assert set(classes_of(person("training_officer"))) == {here, there}
    assert client.get(desk(there)).status_code == 404
    assert set(officers()) >= {user}
    # figures of the other county are not to be had by asking for them, nor are those of all
    for query in ("", "?region=", f"?region={daning.pk}"):
        text = client.get(f"/cms/training/figures/{query}").content.decode()
        assert f'value="{daning.pk}"' not in text and lucheng.name in text


def test_a_room_is_booked_and_its_use_recorded_on_the_desk(client, lucheng, officer):
    room, begins = RoomFactory(region=lucheng), timezone.localtime(timezone.now() - timedelta(hours=2))
    facts = {
        "room": room.pk,
        "starts_at": f"{begins:%Y-%m-%d %H:%M}",
        "ends_at": f"{begins + timedelta(hours=1):%Y-%m-%d %H:%M}",
        "purpose": "选品会",
        "who": "赵爱梅",
    }
    client.post(reverse("training-bookings:add"), facts)
    booking = Booking.objects.get()
    assert client.post(reverse("training-bookings:add"), facts).status_code == 200
    path = reverse("training-bookings:desk", args=[booking.pk])
    assert client.get(path).status_code == 200
    client.post(f"{path}use/", {"use-people": "18", "use-note": "灯坏了一盏"})
    booking.refresh_from_db()
    assert booking.people == 18
    for page in ("training-bookings:index", "training-rooms:index", "training-equipment:index"):
        assert client.get(reverse(page)).status_code == 200
    rows = load_workbook(BytesIO(client.get(reverse("training-bookings:index") + "?export=xlsx").getvalue()))
    assert "灯坏了一盏" in str(list(rows.active.values))


def test_who_runs_no_classes_sees_none_of_it(client, lucheng):
    held = a_class(lucheng)
    client.force_login(person("editor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in (desk(held), desk(held) + "people.xlsx"):
        assert client.get(path).status_code in (302, 403)
    client.post(desk(held, "call_off"), {"call_off-why": "x"})
    held.activity.refresh_from_db()
    assert held.activity.called_off_at is None


def test_what_a_person_said_goes_with_the_account_and_that_they_came_stays(lucheng, officer):
    held = a_class(lucheng)
    came = who_comes(held)
    made, _new = scan(held.meetings.get(), came, device="a", place="山西 长治")
    plan_follow_ups(at=held.activity.ends_at + 2 * DAY)
    asked = FollowUp.objects.get()
    facts = {"outcome": "shop", "way": "phone", "income": "more", "words": "开了店"}
    record_answer(follow_up=asked, by=officer, at=held.activity.ends_at + 90 * DAY, **facts)
    user = came.trainee.user
    told = personal_data(user=user, at=BEGINS)
    assert "开了店" in str(told) and "手机拍葱" in str(told)
    delete_account(user=user, at=held.activity.ends_at + 91 * DAY)
    made.refresh_from_db()
    asked.refresh_from_db()
    assert (made.device, made.place, made.standing) == ("", "", "counts")
    assert (asked.words, asked.income, asked.outcome) == ("", "", "shop")


def test_certificates_are_handed_out_to_all_who_meet_the_rules(client, lucheng, teacher):
    index = lucheng.site.root_page.get_children().get(slug="training").specific
    page = course(index, "pai-cong", needs_class=True, certificate=True, needs_watching=0)
    held = a_class(lucheng, begins=timezone.now() - timedelta(minutes=30), led_by=teacher, course=page)
    before = timezone.now() - DAY
    done, absent, stranger = (who_comes(held, number, at=before) for number in (1, 2, 3))
    who_comes_unknown = held.activity.sign_ups.create(name="李大爷", state="going", signed_up_at=before)
    for each in (done, absent):
        EnrolmentFactory(trainee=each.trainee, course=page)
    for each in (done, stranger):
        scan(held.meetings.get(), each)
    path = desk(held, "certificates")
    assert path in client.get(desk(held)).content.decode()
    text = client.get(path).content.decode()
    assert "发 1 张证书" in text and "还要到现场上一次课" in text and "没有报名这门课" in text
    assert who_comes_unknown.name in text
    client.post(path)
    issued = Certificate.objects.get()
    assert (issued.enrolment.trainee, issued.issued_by) == (done.trainee, teacher)
    client.post(path)
    assert Certificate.objects.count() == 1
    assert issued.number in client.get(path).content.decode()


def test_a_class_whose_course_gives_no_certificate_offers_none(client, lucheng, teacher):
    held = a_class(lucheng, led_by=teacher)
    assert client.get(desk(held, "certificates")).status_code == 404
    assert client.get(desk(a_class(lucheng), "certificates")).status_code == 404
