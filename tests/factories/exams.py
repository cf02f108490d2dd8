"""Questions, exams and those who sit them."""

from random import Random
from typing import Any

from tests.factories.training import EnrolmentFactory, TraineeFactory
from training.exams.beginning import begin
from training.models import Attempt, CoursePage, Exam, FixedQuestion, Option, Question, Trainee

CHANCE = Random(8)
"""The same papers in every run."""


def question(course: CoursePage | None = None, kind: str = "single", **facts: Any) -> Question:
    """Return a question of the bank; of those to choose from the options that begin with * are right."""
    options = facts.pop(
        "options", ["*三遍", "两遍", "一遍"] if kind == "single" else ["*窗边", "*清早", "正午"]
    )
    facts = {"text": "葱要培几遍土？", "explanation": "培一遍土，葱白长一截。", **facts}
    if kind == "true_false":
        facts.setdefault("holds", True)
    if kind == "fill_in":
        facts.setdefault("answer", "三遍\n3 遍")
    made = Question.objects.create(course=course, kind=kind, **facts)
    if kind in Question.CHOSEN:
        for place, text in enumerate(options):
            Option.objects.create(
                question=made, text=text.lstrip("*"), is_right=text.startswith("*"), sort_order=place
            )
    return made


def exam(course: CoursePage, *questions: Question, points: int = 10, **facts: Any) -> Exam:
    """Return an open exam of those questions."""
    facts = {"title": "结课考试", "state": Exam.State.OPEN, **facts}
    if facts.get("lesson"):
        facts["minutes"] = None
    made = Exam.objects.create(course=course, **facts)
    if made.is_quiz:
        Question.objects.filter(pk__in=[each.pk for each in questions]).update(asked_in="quiz")
    for place, each in enumerate(questions):
        FixedQuestion.objects.create(exam=made, question=each, points=points, sort_order=place)
    return made


def enrolled(course: CoursePage, **facts: Any) -> Trainee:
    """Return somebody who learns in the course."""
    trainee = TraineeFactory(**facts)
    EnrolmentFactory(trainee=trainee, course=course)
    return trainee


def attempt(made: Exam, at: Any, trainee: Trainee | None = None) -> Attempt:
    """Return an attempt begun at that time."""
    return begin(exam=made, trainee=trainee or enrolled(made.course), at=at, chance=CHANCE)


def right(attempt: Attempt) -> dict[int, list[str]]:
    """Return the right answers of a paper by place; of those who write, the first accepted way."""
    written = {"fill_in", "short"}
    return {
        item.place: item.right[:1] if item.kind in written else item.right for item in attempt.items.all()
    }
