"""The trainee's own pages: enrolling through sign-in, desk, own course, leaving, going on elsewhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import UserFactory
from tests.factories.pages import county, course, lesson, training_index
from tests.factories.training import BEGAN, EnrolmentFactory, TraineeFactory
from tests.site.test_training_beats import beat, lesson_of, shown
from training.learning.joining import enrol
from training.models import Enrolment, LessonProgress, Trainee
from training.watching.beats import write_beats
from training.watching.passes import read_pass

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    return training_index(county())


@pytest.fixture
def page(index):
    return course(index, "photo", title="拍好一筐货", lessons=2)


@pytest.fixture
def learner(client, page):
    """Somebody signed in who learns in the course."""
    enrolment = EnrolmentFactory(course=page, enrolled_at=BEGAN)
    client.force_login(enrolment.trainee.user)
    return enrolment


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_visitor_is_offered_to_enrol_on_a_page_that_is_the_same_for_everybody(client, page):
    answer = client.get("/training/photo/")
    assert "/training/me/enrol/photo/" in text_of(answer)
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


def test_enrolling_leads_through_the_sign_in_and_back(client, page):
    answer = client.get("/training/me/enrol/photo/")
    assert answer["Location"] == "/accounts/login/?next=/training/me/enrol/photo/"


def test_who_enrols_first_says_who_they_are(client, page):
    user = UserFactory(last_name="常", first_name="小满")
    client.force_login(user)
    assert 'value="常小满"' in text_of(client.get("/training/me/enrol/photo/"))
    typed = {"name": "常小满", "group": "grower", "place": "张家河村"}
    answer = client.post("/training/me/enrol/photo/", typed)
    assert answer["Location"] == "/training/me/courses/photo/"
    trainee = Trainee.objects.get(user=user)
    assert (trainee.name, trainee.group, trainee.region.slug) == ("常小满", "grower", "lucheng")
    assert trainee.enrolments.get().state == "learning"


def test_what_is_missing_is_said_and_nobody_enrolled(client, page):
    client.force_login(UserFactory())
    answer = client.post("/training/me/enrol/photo/", {"name": "常小满", "group": "emperor"})
    assert answer.status_code == 400
    assert not Trainee.objects.exists() and not Enrolment.objects.exists()


def test_who_is_known_enrols_by_one_press(client, page):
    trainee = TraineeFactory(name="常小满")
    client.force_login(trainee.user)
    assert "常小满" in text_of(client.get("/training/me/enrol/photo/"))
    client.post("/training/me/enrol/photo/")
    assert trainee.enrolments.get().course == page


def test_a_closed_course_says_so(client, index):
    course(index, "shut", enrolment="closed")
    client.force_login(TraineeFactory().user)
    answer = client.post("/training/me/enrol/shut/")
    assert answer.status_code == 400 and 'role="alert"' in text_of(answer)
    assert not Enrolment.objects.exists()


def test_the_course_page_shows_those_in_it_the_way_on(client, page, learner):
    text = text_of(client.get("/training/photo/"))
    assert "/training/me/courses/photo/" in text and "/training/me/enrol/photo/" not in text


def test_the_desk_shows_first_where_somebody_stopped(client, page, learner, index):
    other = course(index, "other", title="剪枝", lessons=1)
    newer = enrol(trainee=learner.trainee, course=other, at=BEGAN + timedelta(days=1))
    assert newer.state == "learning"
    to = shown(learner, 2)
    write_beats([beat(to, after=200_000), beat(to, (0, 4), after=200_004)])
    text = text_of(client.get("/training/me/"))
    assert text.index("/training/photo/lesson-2/") < text.index("剪枝")
    assert "0 %" in text


def test_the_desk_of_somebody_new_leads_to_the_courses(client, page):
    client.force_login(UserFactory())
    assert 'href="/training/"' in text_of(client.get("/training/me/"))


def test_the_desk_takes_the_same_queries_for_many_courses(client, page, learner, index):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/training/me/").status_code == 200
        return len(captured)

    client.get("/training/me/")
    few = queries()
    for number in range(4):
        EnrolmentFactory(trainee=learner.trainee, course=course(index, f"c{number}", lessons=2))
    assert queries() == few <= 16


def test_ones_own_course_shows_what_is_done_and_goes_on(client, page, learner):
    to = shown(learner, 1, needed=4_000)
    write_beats([beat(to), beat(to, (0, 4), after=4)])
    text = text_of(client.get("/training/me/courses/photo/"))
    assert "50 %" in text and "/training/photo/lesson-2/" in text


def test_leaving_is_asked_and_keeps_what_was_learnt(client, page, learner):
    assert client.get("/training/me/leave/photo/").status_code == 200
    learner.refresh_from_db()
    assert learner.state == "learning"
    client.post("/training/me/leave/photo/")
    learner.refresh_from_db()
    assert learner.state == "left"
    assert client.get("/training/me/courses/photo/")["Location"].endswith("/training/photo/")


def test_reminders_are_switched_off_and_on(client, learner):
    client.post("/training/me/reminders/", {"wants": "no"})
    learner.trainee.refresh_from_db()
    assert not learner.trainee.wants_reminders
    client.post("/training/me/reminders/", {"wants": "yes"})
    learner.trainee.refresh_from_db()
    assert learner.trainee.wants_reminders


def test_the_page_of_a_lesson_carries_the_pass_and_the_place_of_who_learns_there(client, page, learner):
    to = shown(learner, 1)
    write_beats([beat(to), beat(to, (0, 4), after=4)])
    text = text_of(client.get("/training/photo/lesson-1/"))
    assert 'data-position="4.0"' in text and 'data-url="/training/beat/"' in text
    token = text.split('data-token="')[1].split('"')[0]
    assert read_pass(token).enrolment == learner.pk


def test_nobody_else_gets_a_pass(client, page):
    lesson(page, "open", free_preview=True, body=[("text", "<p>葱</p>")])
    for user in (None, UserFactory()):
        if user:
            client.force_login(user)
        assert "data-token" not in text_of(client.get("/training/photo/open/"))


def test_another_device_learns_where_somebody_stopped(client, page, learner):
    to = shown(learner, 1)
    write_beats([beat(to), beat(to, (0, 4), after=4)])
    answer = client.get("/training/me/state/", {"lesson": lesson_of(page).pk})
    assert answer.json()["position"] == 4
    assert read_pass(answer.json()["token"]).trainee == learner.trainee_id
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("state", ["left", "waiting"])
def test_who_holds_no_place_gets_no_pass(client, page, learner, state):
    Enrolment.objects.filter(pk=learner.pk).update(state=state)
    assert client.get("/training/me/state/", {"lesson": lesson_of(page).pk}).status_code == 403


@pytest.mark.parametrize("number", ["", "x", "999999999", "²"])
def test_junk_for_a_lesson_is_not_found(client, learner, number):
    assert client.get("/training/me/state/", {"lesson": number}).status_code == 404


def test_time_on_a_quiz_or_on_a_film_that_is_not_there_does_not_count(client, page, learner):
    for kind in ("quiz", "video"):
        made = lesson(page, kind, kind=kind)
        assert client.get("/training/me/state/", {"lesson": made.pk}).json() == {"counted": False}
    assert not LessonProgress.objects.exists()


def test_strangers_are_led_to_the_sign_in(client, page):
    for path in ("", "courses/photo/", "leave/photo/", "reminders/", "courses/photo/discussion/"):
        assert client.get(f"/training/me/{path}")["Location"].startswith("/accounts/login/")
    assert client.get("/training/me/state/").status_code == 403


def test_a_course_of_another_county_is_reached_on_its_own_site(client):
    here, there = county(), county("daning", default=False)
    near = EnrolmentFactory(course=course(training_index(here), "photo"))
    EnrolmentFactory(trainee=near.trainee, course=course(training_index(there), "apples"))
    client.force_login(near.trainee.user)
    shown = client.get("/training/me/").content.decode()
    assert 'href="/training/me/courses/photo/"' in shown
    assert 'href="http://daning.localhost/training/me/courses/apples/"' in shown and "别的县" in shown


def test_who_somebody_is_can_be_corrected_and_certificates_keep_their_name(client):
    trainee = EnrolmentFactory(course=course(training_index(county()), "photo")).trainee
    client.force_login(trainee.user)
    assert trainee.name in client.get("/training/me/about/").content.decode()
    wrong = client.post("/training/me/about/", {"name": "", "group": "grower", "place": "潞城"})
    assert wrong.status_code == 400 and "潞城" in wrong.content.decode()
    sent = {"name": " 王秀兰 ", "group": "veteran", "place": "翟店镇"}
    assert client.post("/training/me/about/", sent)["Location"] == "/training/me/"
    trainee.refresh_from_db()
    assert (trainee.name, trainee.group, trainee.place) == ("王秀兰", "veteran", "翟店镇")


def test_who_is_no_trainee_yet_has_nothing_to_correct(client):
    county()
    client.force_login(UserFactory())
    assert client.get("/training/me/about/")["Location"] == "/training/me/"
