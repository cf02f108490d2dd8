"""Places in a course: never more than there are, whoever waits moves up, leaving keeps what was learnt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction

from notices.models import Notice
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county, course, training_index
from tests.factories.training import BEGAN, TraineeFactory
from training.learning.joining import become_trainee, enrol, leave, settle_places
from training.learning.refusals import AlreadyCompleted, EnrolmentClosed, NotEnrolled, SomethingFirst
from training.models import CoursePage, CoursePlaces, Enrolment, Prerequisite, Trainee

pytestmark = pytest.mark.django_db
LATER = BEGAN + timedelta(days=1)


@pytest.fixture
def index():
    return training_index(county())


@pytest.fixture
def small(index):
    """A course with two places."""
    return course(index, "photo", title="拍好一筐货", capacity=2)


def states(page) -> list[str]:
    return list(page.enrolments.order_by("pk").values_list("state", flat=True))


def taken(page) -> int:
    return CoursePlaces.objects.get(course=page).taken


def test_an_account_becomes_a_trainee_once():
    user = UserFactory()
    facts = {"user": user, "group": "grower", "region": None, "place": " 张家河村 ", "at": BEGAN}
    first = become_trainee(name=" 常小满 ", **facts)
    assert (first.name, first.place) == ("常小满", "张家河村")
    assert become_trainee(name="别的名字", **facts) == first
    assert Trainee.objects.get().name == "常小满"


def test_a_free_place_is_given_at_once_and_told(small, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    assert made.state == "learning" and taken(small) == 1
    assert "拍好一筐货" in Notice.objects.get(channel="site").text
    assert Notice.objects.count() == 1, "who has just enrolled needs no e-mail"


def test_who_comes_when_all_is_taken_waits_and_moves_up_in_turn(small, django_capture_on_commit_callbacks):
    first, _, third, _ = (enrol(trainee=TraineeFactory(), course=small, at=BEGAN) for _ in range(4))
    assert states(small) == ["learning", "learning", "waiting", "waiting"]
    with django_capture_on_commit_callbacks(execute=True):
        leave(enrolment=first, at=LATER)
    assert states(small) == ["left", "learning", "learning", "waiting"]
    assert taken(small) == 2
    told = Notice.objects.filter(channel="email").values_list("address", flat=True)
    assert list(told) == [third.trainee.user.email]


def test_who_gives_up_waiting_frees_no_place(small):
    people = [enrol(trainee=TraineeFactory(), course=small, at=BEGAN) for _ in range(3)]
    leave(enrolment=people[2], at=LATER)
    assert states(small) == ["learning", "learning", "left"]
    assert taken(small) == 2


def test_enrolling_twice_changes_nothing(small):
    trainee = TraineeFactory()
    made = enrol(trainee=trainee, course=small, at=BEGAN)
    assert enrol(trainee=trainee, course=small, at=LATER) == made
    assert states(small) == ["learning"]
    assert Enrolment.objects.get().enrolled_at == BEGAN


def test_coming_back_takes_the_same_row_and_the_end_of_the_line(small):
    gone = enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    leave(enrolment=gone, at=BEGAN)
    for _ in range(2):
        enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    back = enrol(trainee=gone.trainee, course=small, at=LATER)
    assert back.pk == gone.pk
    assert (back.state, back.enrolled_at, back.left_at) == ("waiting", LATER, None)


def test_more_room_lets_those_in_who_wait(small):
    for _ in range(4):
        enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    CoursePage.objects.filter(pk=small.pk).update(capacity=3)
    settle_places(course=small, at=LATER)
    assert states(small) == ["learning"] * 3 + ["waiting"]
    CoursePage.objects.filter(pk=small.pk).update(capacity=None)
    settle_places(course=small, at=LATER)
    assert states(small) == ["learning"] * 4


def test_less_room_throws_nobody_out_and_lets_nobody_in(small):
    people = [enrol(trainee=TraineeFactory(), course=small, at=BEGAN) for _ in range(2)]
    CoursePage.objects.filter(pk=small.pk).update(capacity=1)
    assert enrol(trainee=TraineeFactory(), course=small, at=LATER).state == "waiting"
    leave(enrolment=people[0], at=LATER)
    assert states(small) == ["left", "learning", "waiting"]


def test_a_newcomer_does_not_pass_those_who_wait(small):
    for _ in range(3):
        enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    CoursePage.objects.filter(pk=small.pk).update(capacity=3)
    enrol(trainee=TraineeFactory(), course=small, at=LATER)
    assert states(small)[3] == "waiting"


def test_a_closed_course_takes_nobody_but_whom_an_officer_writes_in(small):
    CoursePage.objects.filter(pk=small.pk).update(enrolment="closed")
    trainee = TraineeFactory()
    with pytest.raises(EnrolmentClosed):
        enrol(trainee=trainee, course=small, at=BEGAN)
    assert not Enrolment.objects.exists()
    assert enrol(trainee=trainee, course=small, at=BEGAN, by=person("training_officer")).state == "learning"


def test_an_unpublished_course_takes_nobody(small):
    CoursePage.objects.filter(pk=small.pk).update(live=False)
    with pytest.raises(EnrolmentClosed):
        enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    assert not Enrolment.objects.exists()


def test_what_a_course_builds_on_comes_first(index, small):
    first = course(index, "first", title="先学拍照")
    Prerequisite.objects.create(course=small, required=first)
    trainee = TraineeFactory()
    with pytest.raises(SomethingFirst, match="先学拍照"):
        enrol(trainee=trainee, course=small, at=BEGAN)
    assert not Enrolment.objects.exists()
    done = enrol(trainee=trainee, course=first, at=BEGAN)
    Enrolment.objects.filter(pk=done.pk).update(state="completed", completed_at=BEGAN)
    assert enrol(trainee=trainee, course=small, at=BEGAN).state == "learning"


def test_what_is_completed_is_not_left(small):
    made = enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    Enrolment.objects.filter(pk=made.pk).update(state="completed", completed_at=BEGAN)
    with pytest.raises(AlreadyCompleted):
        leave(enrolment=made, at=LATER)
    assert states(small) == ["completed"]


def test_leaving_twice_says_so(small):
    made = enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    leave(enrolment=made, at=LATER)
    with pytest.raises(NotEnrolled):
        leave(enrolment=made, at=LATER)


def test_the_database_itself_refuses_one_too_many(small):
    enrol(trainee=TraineeFactory(), course=small, at=BEGAN)
    with pytest.raises(IntegrityError), transaction.atomic():
        CoursePlaces.objects.filter(course=small).update(taken=3)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_only_so_many_get_a_place():
    page = course(training_index(county()), "photo", capacity=3)
    trainees = [TraineeFactory() for _ in range(8)]
    start = Barrier(len(trainees))

    def ask(trainee) -> str:
        try:
            start.wait()
            return enrol(trainee=trainee, course=page, at=BEGAN).state
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection")
    with ThreadPoolExecutor(len(trainees)) as pool:
        outcomes = sorted(pool.map(ask, trainees))
    assert outcomes == ["learning"] * 3 + ["waiting"] * 5
    assert taken(page) == 3
