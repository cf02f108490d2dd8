"""Short answers are marked by hand: by one person, near the pass mark or on appeal by a second one."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.deletion import delete_account
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.exams import attempt, enrolled, exam, question, right
from tests.factories.pages import county, course, training_index
from training.exams.answering import Given as Answer
from training.exams.answering import keep_answers
from training.exams.appealing import AppealRefused, answer_appeal, appeal
from training.exams.figures import exam_figures
from training.exams.handing_in import hand_in, hand_in_overdue
from training.exams.marking import Given, mark, release_all
from training.exams.refusals import HandedInAlready, MarkingRefused
from training.exams.results import passed
from training.exams.voiding import void
from training.models import Appeal, Attempt, FixedQuestion, Marking

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def page(db):
    return course(training_index(county()), "photo", title="拍好一筐货")


@pytest.fixture
def paper(page):
    """Ten points by rule and thirty by hand; 24 are enough."""
    made = exam(page, question(page))
    FixedQuestion.objects.create(exam=made, question=question(page, "short", text="写三样。"), points=30)
    return made


@pytest.fixture
def one(paper):
    """A paper with the closed question right and the other one written."""
    made = attempt(paper, NOW)
    answers = {place: keys or ["产地、重量、规格"] for place, keys in right(made).items()}
    keep_answers(attempt=made, given=[Answer(at, keys, 1) for at, keys in answers.items()], at=NOW)
    hand_in(attempt=made, at=NOW)
    return made


@pytest.fixture
def teachers(db):
    return [person("teacher"), person("teacher")]


def give(one, points, by, *, at=NOW, remark=""):
    mark(attempt=one, points={2: Given(Decimal(points), remark)}, by=by, at=at)
    one.refresh_from_db()


def test_a_paper_with_written_answers_waits_for_a_person(one, teachers, django_capture_on_commit_callbacks):
    assert one.state == "handed_in" and one.score is None and one.released_at is None
    with django_capture_on_commit_callbacks(execute=True):
        give(one, 30, teachers[0], remark="三样都对")
    assert (one.state, one.score, one.passed) == ("done", Decimal(40), True)
    assert Notice.objects.filter(user=one.trainee.user, kind="exam_result").exists()


def test_those_who_mark_are_told_once_a_day(paper, teachers, django_capture_on_commit_callbacks):
    for _ in range(2):
        made = attempt(paper, NOW)
        keep_answers(attempt=made, given=[Answer(2, ["写了"], 1)], at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            hand_in(attempt=made, at=NOW)
    for teacher in teachers:
        assert Notice.objects.filter(user=teacher, kind="exam_to_mark").count() == 1


def test_no_answer_needs_no_reader(paper):
    made = attempt(paper, NOW)
    hand_in(attempt=made, at=NOW)
    assert (made.state, made.score) == ("done", Decimal(0))


def test_near_the_pass_mark_a_second_person_reads_it(one, teachers):
    first, second = teachers
    give(one, 13, first)
    assert (one.state, one.passed, one.released_at) == ("second", None, None)
    with pytest.raises(MarkingRefused):
        give(one, 15, first)
    assert Marking.objects.count() == 1
    give(one, 15, second)
    assert (one.state, one.score, one.passed) == ("done", Decimal(25), True)


def test_two_who_mark_at_once_take_their_turns(one, teachers):
    mine, theirs = Attempt.objects.get(pk=one.pk), Attempt.objects.get(pk=one.pk)
    mark(attempt=mine, points={2: Given(Decimal(30))}, by=teachers[0], at=NOW)
    with pytest.raises(HandedInAlready):
        mark(attempt=theirs, points={2: Given(Decimal(0))}, by=teachers[1], at=NOW)
    one.refresh_from_db()
    assert one.score == 40


@pytest.mark.parametrize("points", [-1, 31])
def test_points_stay_within_the_question(one, teachers, points):
    with pytest.raises(MarkingRefused):
        give(one, points, teachers[0])
    assert not Marking.objects.exists()


def test_every_answer_gets_points_and_nobody_marks_their_own(one, teachers):
    with pytest.raises(MarkingRefused):
        mark(attempt=one, points={}, by=teachers[0], at=NOW)
    with pytest.raises(MarkingRefused):
        give(one, 30, one.trainee.user)
    assert not Marking.objects.exists()


def test_on_appeal_somebody_else_reads_it_and_it_never_gets_worse(page, one, teachers):
    first, second = teachers
    give(one, 8, first)
    assert one.passed is False
    made = appeal(attempt=one, words="第三样也写了。", at=NOW + DAY)
    one.refresh_from_db()
    assert (one.state, one.score) == ("second", Decimal(18))
    with pytest.raises(MarkingRefused):
        answer_appeal(appeal=made, words="好", by=second, at=NOW + DAY)
    give(one, 20, second, at=NOW + DAY)
    assert (one.state, one.score, one.passed) == ("done", Decimal(30), True)
    assert passed(trainee=one.trainee, course=page)
    with pytest.raises(MarkingRefused):
        answer_appeal(appeal=made, words="好", by=first, at=NOW + DAY)
    answer_appeal(appeal=made, words="加了十二分。", by=second, at=NOW + DAY)
    with pytest.raises(AppealRefused):
        appeal(attempt=one, words="再看一次", at=NOW + 2 * DAY)


def test_an_appeal_that_finds_less_changes_nothing(one, teachers):
    give(one, 28, teachers[0])
    appeal(attempt=one, words="再看看", at=NOW + DAY)
    one.refresh_from_db()
    give(one, 2, teachers[1])
    assert (one.score, one.passed) == (Decimal(38), True)


@pytest.mark.parametrize(("words", "later"), [("  ", DAY), ("看看", 8 * DAY)])
def test_an_appeal_needs_words_and_comes_in_time(one, teachers, words, later):
    give(one, 1, teachers[0])
    with pytest.raises(AppealRefused):
        appeal(attempt=one, words=words, at=NOW + later)
    one.refresh_from_db()
    assert one.state == "done"


def test_results_are_told_together(page, teachers):
    paper = exam(page, question(page), release="together")
    for _ in range(2):
        hand_in(attempt=attempt(paper, NOW), at=NOW)
    assert release_all(exam=paper, by=teachers[0], at=NOW + DAY) == 2
    assert release_all(exam=paper, by=teachers[0], at=NOW + DAY) == 0
    assert paper.attempts.filter(released_at=NOW + DAY).count() == 2


def test_a_question_at_fault_gives_everybody_its_points(page, teachers):
    asked, other = question(page), question(page, text="另一题")
    paper = exam(page, asked, other)
    done, still_open = attempt(paper, NOW), attempt(paper, NOW)
    place = done.items.get(question=other).place
    keep_answers(attempt=done, given=[Answer(place, right(done)[place], 1)], at=NOW)
    hand_in(attempt=done, at=NOW)
    assert done.score == 10 and not done.passed
    assert void(exam=paper, question=asked, by=teachers[0], at=NOW) == 2
    done.refresh_from_db()
    assert done.score == 20 and done.passed
    hand_in(attempt=still_open, at=NOW)
    assert still_open.score == 10
    asked.refresh_from_db()
    assert not asked.in_use


def test_deleting_the_account_forgets_what_was_written(one, teachers):
    from accounts.export import personal_data

    give(one, 30, teachers[0])
    appeal(attempt=one, words="第三样也写了。", at=NOW + DAY)
    data = str(personal_data(user=one.trainee.user, at=NOW))
    assert "产地、重量、规格" in data and "第三样也写了。" in data
    delete_account(user=one.trainee.user, at=NOW + DAY)
    assert not one.items.filter(kind="short").exclude(answer=[]).exists()
    assert not Appeal.objects.exists(), "nobody waits for the answer"
    one.refresh_from_db()
    assert (one.state, one.score) == ("done", 40)


def test_a_paper_whose_writer_is_gone_waits_for_nobody(client, one, teachers):
    delete_account(user=one.trainee.user, at=NOW + DAY)
    one.refresh_from_db()
    assert (one.state, one.score, one.passed) == ("ended", None, None)
    assert exam_figures(one.exam).to_mark == 0
    client.force_login(teachers[0], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert f"答卷 {one.pk}" not in client.get("/cms/training/papers/").content.decode()
    assert client.get(f"/cms/training/papers/{one.pk}/").status_code == 404
    with pytest.raises(HandedInAlready):
        give(one, 30, teachers[0])
    void(exam=one.exam, question=one.items.first().question, by=teachers[0], at=NOW + DAY)
    one.refresh_from_db()
    assert one.state == "ended"


def test_what_a_first_person_marked_stays_the_result_of_who_is_gone(one, teachers):
    give(one, 13, teachers[0])  # near the mark: a second person would read it
    one.refresh_from_db()
    assert one.state == "second"
    delete_account(user=one.trainee.user, at=NOW + DAY)
    one.refresh_from_db()
    assert (one.state, one.score, one.passed) == ("done", one.pass_mark - 1, False)
    assert exam_figures(one.exam).people == 1


def test_an_open_paper_ends_with_the_account(paper):
    made = attempt(paper, NOW)
    delete_account(user=made.trainee.user, at=NOW + DAY)
    made.refresh_from_db()
    assert (made.state, made.handed_in_at) == ("ended", NOW + DAY)
    assert hand_in_overdue(at=NOW + DAY) == 0


def test_nobody_mails_who_is_gone(paper, django_capture_on_commit_callbacks):
    trainee = enrolled(paper.course)
    made = attempt(paper, NOW, trainee)
    trainee.user.erased_at = NOW
    trainee.user.save()
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(attempt=made, at=NOW)
    assert not Notice.objects.filter(kind="exam_result").exists()
