"""Reads of exams for a trainee's pages."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from training.exams.attempts import Attempt
from training.exams.beginning import refusal_to_begin
from training.exams.papers import Exam
from training.exams.refusals import ExamRefused
from training.learning.trainees import Trainee


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one trainee stands with one exam."""

    exam: Exam
    attempts: list[Attempt]
    refusal: ExamRefused | None

    @property
    def open(self) -> Attempt | None:
        """The attempt that is going on."""
        return next((each for each in self.attempts if each.state == Attempt.State.OPEN), None)

    @property
    def told(self) -> list[Attempt]:
        """Attempts with a result, the first one first."""
        return [each for each in self.attempts if each.released_at]

    @property
    def passed(self) -> bool:
        """Whether one of them passed."""
        return any(each.passed for each in self.told)

    @property
    def left(self) -> int | None:
        """How many attempts are left, None where there is no limit."""
        most = self.exam.most_attempts
        return None if most is None else max(0, most - len(self.attempts))


def standing(*, exam: Exam, trainee: Trainee | None, at: datetime) -> Standing:
    """Return where a trainee stands with an exam; somebody who is no trainee yet has no attempts."""
    attempts = list(exam.attempts.filter(trainee=trainee).order_by("number")) if trainee else []
    refusal = None
    if trainee and not any(each.state == Attempt.State.OPEN for each in attempts):
        refusal = refusal_to_begin(exam=exam, trainee=trainee, before=attempts, at=at)
    return Standing(exam, attempts, refusal)


def my_exams(trainee: Trainee) -> list[Standing]:
    """Return the exams of the courses somebody learns in, with their attempts. 2 queries."""
    courses = trainee.enrolments.holding().values("course")
    mine = Prefetch(
        "attempts", Attempt.objects.filter(trainee=trainee).order_by("number"), to_attr="attempts_of_mine"
    )
    exams = Exam.objects.filter(course__in=courses, lesson=None).exclude(state=Exam.State.DRAFT)
    found = exams.select_related("course").prefetch_related(mine)
    return [Standing(exam, exam.attempts_of_mine, None) for exam in found]


def may_review(attempt: Attempt, *, standing: Standing) -> bool:
    """Tell whether the trainee may see what was right: a quiz always, an exam as it says."""
    exam = standing.exam
    if attempt.released_at is None:
        return False
    if standing.open and not exam.is_quiz:
        return False  # what was right then may be asked again in the paper that lies open
    if exam.is_quiz or exam.review == Exam.Review.ALWAYS:
        return True
    return exam.review == Exam.Review.FINISHED and (standing.passed or standing.left == 0)
