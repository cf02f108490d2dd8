"""Exams: papers are drawn and frozen, answers kept by the server's clock, closed questions marked by rule."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.exams import attempt, enrolled, exam, question, right
from tests.factories.pages import county, course, lesson, training_index
from tests.factories.training import TraineeFactory
from training.exams.answering import Given, keep_answers
from training.exams.beginning import begin
from training.exams.handing_in import hand_in, hand_in_overdue
from training.exams.refusals import (
    HandedInAlready,
    NoAttemptLeft,
    NotAnAnswer,
    NotInCourse,
    NotOpen,
    PassedAlready,
    TimeIsUp,
    TooFewQuestions,
    WaitFirst,
)
from training.exams.results import best_score, passed
from training.exams.scoring import earned
from training.models import Attempt, DrawingRule

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def page(db):
    return course(training_index(county()), "photo", title="拍好一筐货")


@pytest.fixture
def paper(page):
    """An exam of 30 minutes with three closed questions of ten points."""
    return exam(page, question(page), question(page, "multiple"), question(page, "fill_in"))


def answer(one, answers, *, at, revision=1):
    given = [Given(place, keys, revision) for place, keys in answers.items()]
    return keep_answers(attempt=one, given=given, at=at)


def test_a_paper_is_frozen(page, paper):
    one = attempt(paper, NOW)
    asked = one.items.get(kind="single")
    paper.fixed.first().question.options.all().delete()
    again = one.items.get(pk=asked.pk)
    assert [text for _key, text in again.options] and again.right == asked.right
    assert one.deadline == NOW + 30 * MINUTE
    assert (one.most, one.pass_mark) == (Decimal(30), Decimal(18))


def test_questions_and_options_come_in_an_order_of_their_own(page):
    many = [question(page, options=["*一", "二", "三", "四", "五"], text=f"第 {n} 题") for n in range(6)]
    paper = exam(page, *many)
    papers = [attempt(paper, NOW) for _ in range(4)]
    orders = {tuple(item.question_id for item in one.items.all()) for one in papers}
    options = {tuple(text for _key, text in item.options) for one in papers for item in one.items.all()}
    assert len(orders) > 1 and len(options) > 1


def test_rules_draw_from_the_bank_without_asking_twice(page):
    easy = [question(page, text=f"易 {n}", difficulty=1) for n in range(3)]
    for number in range(3):
        question(page, text=f"难 {number}", difficulty=5)
    question(page, text="不用了", in_use=False, difficulty=1)
    other = course(page.get_parent(), "other")
    question(other, text="别的课", difficulty=1)
    question(None, text="哪门课都问", difficulty=5)
    paper = exam(page, easy[0])
    DrawingRule.objects.create(exam=paper, how_many=2, easiest=1, hardest=1)
    DrawingRule.objects.create(exam=paper, how_many=4, easiest=4, hardest=5)
    asked = [item.text for item in attempt(paper, NOW).items.all()]
    assert len(asked) == len(set(asked)) == 7
    assert {"易 0", "易 1", "易 2", "哪门课都问"} <= set(asked)
    assert not {"不用了", "别的课"} & set(asked)


def test_exams_and_quizzes_draw_from_questions_of_their_own(page):
    told, fresh = question(page, text="小测的题", asked_in="quiz"), question(page, text="考试的题")
    paper, quiz = exam(page), exam(page, lesson=lesson(page, "quiz"))
    for each in (paper, quiz):
        DrawingRule.objects.create(exam=each, how_many=1)
    assert [item.question for item in attempt(paper, NOW).items.all()] == [fresh]
    assert [item.question for item in attempt(quiz, NOW).items.all()] == [told]


def test_a_fixed_question_of_the_other_sort_is_not_asked(page):
    told, fresh = question(page, text="小测的题", asked_in="quiz"), question(page, text="考试的题")
    assert [item.question for item in attempt(exam(page, told, fresh), NOW).items.all()] == [fresh]


def test_a_bank_that_is_too_small_begins_nothing(page):
    question(page)
    paper = exam(page)
    DrawingRule.objects.create(exam=paper, how_many=2)
    trainee = enrolled(page)
    with pytest.raises(TooFewQuestions, match="1"):
        begin(exam=paper, trainee=trainee, at=NOW)
    assert not Attempt.objects.exists()


def test_who_is_not_in_the_course_cannot_begin(paper):
    with pytest.raises(NotInCourse):
        begin(exam=paper, trainee=TraineeFactory(), at=NOW)
    assert not Attempt.objects.exists()


def test_it_opens_and_closes(page):
    paper = exam(page, question(page), opens_at=NOW + HOUR, closes_at=NOW + 2 * HOUR)
    trainee = enrolled(page)
    for at in (NOW, NOW + 2 * HOUR):
        with pytest.raises(NotOpen):
            begin(exam=paper, trainee=trainee, at=at)
    late = begin(exam=paper, trainee=trainee, at=NOW + 2 * HOUR - MINUTE)
    assert late.deadline == NOW + 2 * HOUR


def test_a_second_device_continues_the_attempt(paper):
    one = attempt(paper, NOW)
    assert begin(exam=paper, trainee=one.trainee, at=NOW + MINUTE) == one
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(exam=paper, trainee=one.trainee, number=2, started_at=NOW, most=1, pass_mark=1)


def test_an_older_save_never_overwrites(paper):
    one = attempt(paper, NOW)
    first = one.items.get(kind="single")
    answer(one, {first.place: ["a"]}, at=NOW, revision=2)
    for revision in (1, 2):
        [kept] = answer(one, {first.place: ["b"]}, at=NOW, revision=revision)
        assert kept.newer and (kept.answer, kept.revision) == (["a"], 2)
    [same] = answer(one, {first.place: ["a"]}, at=NOW, revision=2)
    assert not same.newer
    first.refresh_from_db()
    assert first.answer == ["a"]


@pytest.mark.parametrize(("place", "keys"), [(1, ["z"]), (1, ["a", "b"]), (99, ["a"]), (1, ["yes"])])
def test_what_answers_nothing_is_refused_with_all_that_came_along(paper, place, keys):
    one = attempt(paper, NOW)
    written = one.items.get(kind="fill_in")
    with pytest.raises(NotAnAnswer):
        answer(one, {written.place: ["三遍"], place: keys}, at=NOW)
    written.refresh_from_db()
    assert not written.answer


def test_what_comes_after_time_is_refused_and_what_was_saved_counts(paper):
    one = attempt(paper, NOW)
    rights = right(one)
    first, *rest = rights
    answer(one, {first: rights[first]}, at=one.deadline)
    with pytest.raises(TimeIsUp):
        answer(one, {place: rights[place] for place in rest}, at=one.deadline + 6 * timedelta(seconds=1))
    one.refresh_from_db()
    assert one.state == Attempt.State.DONE and one.by_the_clock
    assert (one.score, one.passed, one.handed_in_at) == (Decimal(10), False, one.deadline)
    with pytest.raises(TimeIsUp):
        answer(one, rights, at=one.deadline + HOUR)


def test_an_answer_on_its_way_at_the_last_second_is_kept(paper):
    one = attempt(paper, NOW)
    answer(one, right(one), at=one.deadline + timedelta(seconds=3))
    hand_in(attempt=one, at=one.deadline + timedelta(seconds=4))
    assert one.score == one.most and one.handed_in_at == one.deadline and not one.by_the_clock


def test_the_worker_hands_in_what_is_overdue(paper):
    late, fresh = attempt(paper, NOW), attempt(paper, NOW + 20 * MINUTE)
    assert hand_in_overdue(at=NOW + 31 * MINUTE) == 1
    late.refresh_from_db()
    fresh.refresh_from_db()
    assert (late.state, late.by_the_clock, fresh.state) == ("done", True, "open")


def test_it_is_handed_in_once(paper):
    one = attempt(paper, NOW)
    hand_in(attempt=one, at=NOW)
    with pytest.raises(HandedInAlready):
        hand_in(attempt=one, at=NOW)
    with pytest.raises(HandedInAlready):
        answer(one, right(one), at=NOW)


def test_attempts_are_limited_and_wait(page):
    paper = exam(page, question(page), most_attempts=2, wait_hours=24)
    one = attempt(paper, NOW)
    hand_in(attempt=one, at=NOW)
    with pytest.raises(WaitFirst):
        attempt(paper, NOW + 23 * HOUR, one.trainee)
    two = attempt(paper, NOW + 24 * HOUR, one.trainee)
    assert two.number == 2
    hand_in(attempt=two, at=NOW + 24 * HOUR)
    with pytest.raises(NoAttemptLeft):
        attempt(paper, NOW + 72 * HOUR, one.trainee)


def test_who_passed_is_told_so_to_those_who_ask(page, paper):
    one = attempt(paper, NOW)
    assert not passed(trainee=one.trainee, course=page)
    assert best_score(trainee=one.trainee, course=page) is None
    answer(one, right(one), at=NOW)
    hand_in(attempt=one, at=NOW)
    assert passed(trainee=one.trainee, course=page)
    assert best_score(trainee=one.trainee, course=page) == 100
    with pytest.raises(PassedAlready):
        attempt(paper, NOW + 100 * HOUR, one.trainee)


def test_a_result_told_together_counts_when_it_is_told(page):
    paper = exam(page, question(page), release="together")
    one = attempt(paper, NOW)
    answer(one, right(one), at=NOW)
    hand_in(attempt=one, at=NOW)
    assert one.passed and not passed(trainee=one.trainee, course=page)


@pytest.mark.parametrize(
    ("kind", "given_answer", "points"),
    [
        ("single", ["a"], 10),
        ("single", ["b"], 0),
        ("multiple", ["a", "b", "c"], 10),
        ("multiple", ["a"], 3),
        ("multiple", ["a", "b"], 6.5),
        ("multiple", ["a", "d"], 0),
        ("multiple", [], 0),
    ],
)
def test_chosen_answers_earn_points(kind, given_answer, points):
    rights = ["a"] if kind == "single" else ["a", "b", "c"]
    assert earned(kind=kind, right=rights, answer=given_answer, points=10, partial=True) == Decimal(
        str(points)
    )


@pytest.mark.parametrize("typed", ["三遍", " 三 遍 ", "3遍", "３ 遍。"])
def test_a_written_answer_is_right_in_any_width(typed):
    assert earned(kind="fill_in", right=["三遍", "3 遍"], answer=[typed], points=5, partial=True) == 5


@settings(suppress_health_check=[HealthCheck.too_slow])  # of a machine that is busy
@given(
    st.sets(st.sampled_from("abcdefgh"), min_size=2),
    st.sets(st.sampled_from("abcdefgh")),
    st.integers(1, 50),
    st.booleans(),
)
def test_an_answer_earns_between_nothing_and_all(rights, chosen, points, partial):
    got = earned(kind="multiple", right=sorted(rights), answer=sorted(chosen), points=points, partial=partial)
    assert 0 <= got <= points
    assert (got == points) == (chosen == rights)
    assert not got or chosen <= rights


def test_the_draw_is_the_same_for_the_same_chance(page):
    paper = exam(page, *[question(page, text=f"第 {n} 题") for n in range(5)])
    papers = [begin(exam=paper, trainee=enrolled(page), at=NOW, chance=Random(3)) for _ in range(2)]
    first, second = ([item.text for item in one.items.all()] for one in papers)
    assert first == second
