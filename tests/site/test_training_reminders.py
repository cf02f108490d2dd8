"""Reminders of courses: once a pause, once an end, not to who switched them off; places go on."""

from datetime import date, timedelta

import pytest

from notices.models import Notice
from tests.factories.pages import county, course, training_index
from tests.factories.training import BEGAN, EnrolmentFactory
from training.learning.looking_after import remind, settle_waiting
from training.learning.personal import erase
from training.models import CoursePage, Enrolment, LessonProgress, Trainee

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def page():
    return course(training_index(county()), "photo", title="拍好一筐货", lessons=1)


def told() -> list[str]:
    return list(Notice.objects.exclude(channel="site").order_by("pk").values_list("kind", flat=True))


def test_who_has_not_learnt_for_a_week_is_reminded_once_a_pause(page):
    learner = EnrolmentFactory(course=page)
    assert remind(at=BEGAN + 6 * DAY) == 0
    assert [remind(at=BEGAN + days * DAY) for days in (8, 8, 9)] == [1, 0, 0]
    LessonProgress.objects.create(
        enrolment=learner, lesson=page.get_children().get().specific, heard_at=BEGAN + 10 * DAY
    )
    assert [remind(at=BEGAN + days * DAY) for days in (12, 18)] == [0, 1]
    assert told() == ["training_paused"] * 2
    assert "拍好一筐货" in Notice.objects.filter(channel="email").first().text


def test_who_has_gone_long_ago_is_left_alone(page):
    EnrolmentFactory(course=page)
    assert remind(at=BEGAN + 60 * DAY) == 0


@pytest.mark.parametrize("state", ["waiting", "left", "completed"])
def test_only_who_learns_is_reminded(page, state):
    EnrolmentFactory(course=page, state=state, completed_at=BEGAN if state == "completed" else None)
    assert remind(at=BEGAN + 8 * DAY) == 0


def test_who_switched_reminders_off_is_not_reminded(page):
    EnrolmentFactory(course=page)
    Trainee.objects.update(wants_reminders=False)
    assert remind(at=BEGAN + 8 * DAY) == 0 and not told()


def test_who_still_learns_is_told_that_a_course_ends(page):
    CoursePage.objects.filter(pk=page.pk).update(ends_on=date(2026, 11, 28))
    EnrolmentFactory(course=page)
    assert [remind(at=BEGAN), remind(at=BEGAN + DAY)] == [1, 0]
    assert told() == ["training_ending"]


def test_more_room_reaches_those_who_wait_without_anybody_asking(page):
    EnrolmentFactory(course=page, state="waiting")
    settle_waiting(at=BEGAN)
    assert Enrolment.objects.get().state == "learning"


def test_a_deleted_account_gives_its_place_to_the_next(page):
    CoursePage.objects.filter(pk=page.pk).update(capacity=1)
    going, waiting = EnrolmentFactory(course=page), EnrolmentFactory(course=page, state="waiting")
    erase(user=going.trainee.user, at=BEGAN + DAY)
    going.trainee.refresh_from_db()
    waiting.refresh_from_db()
    assert (going.trainee.name, waiting.state) == ("", "learning")
