"""Beginning an attempt: who may, how often, when again; the paper is drawn and frozen."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random, SystemRandom

from django.db import transaction

from training.exams.attempts import Attempt, AttemptItem
from training.exams.drawing import draw
from training.exams.handing_in import GRACE, hand_in
from training.exams.papers import Exam
from training.exams.refusals import (
    ExamRefused,
    LessonsFirst,
    NoAttemptLeft,
    NotInCourse,
    NotOpen,
    PassedAlready,
    ResultPending,
    WaitFirst,
)
from training.learning.enrolments import Enrolment
from training.learning.progress import watched_enough
from training.learning.trainees import Trainee

State = Attempt.State


def begin(*, exam: Exam, trainee: Trainee, at: datetime, chance: Random | None = None) -> Attempt:
    """Return the attempt that is open, on whatever device it was begun, or a new one with a drawn paper.

    The row of the trainee is locked: two devices that begin at once get one attempt, the same.

    Raises:
        ExamRefused: not enrolled, not open, too soon, no attempt left; nothing was changed.
    """
    with transaction.atomic():
        trainee = Trainee.objects.select_for_update().get(pk=trainee.pk)
        before = list(exam.attempts.filter(trainee=trainee).order_by("number"))
        if before and before[-1].state == State.OPEN:
            last = before[-1]
            if last.deadline is None or at <= last.deadline + GRACE:
                return last
            hand_in(attempt=last, at=at)
            last.refresh_from_db()
        refusal = refusal_to_begin(exam=exam, trainee=trainee, before=before, at=at)
        if refusal is None:
            return _begin(exam, trainee, len(before) + 1, at, chance or SystemRandom())
    # outside: an attempt that was handed in by the clock just now stays handed in
    raise refusal


def refusal_to_begin(
    *, exam: Exam, trainee: Trainee, before: list[Attempt], at: datetime
) -> ExamRefused | None:
    """Return why no new attempt can begin after those `before` (none of them open), None when one can."""
    if not exam.is_open(at=at):
        waits = exam.state == Exam.State.OPEN and exam.opens_at and at < exam.opens_at
        return NotOpen(exam.opens_at if waits else None)
    enrolment = Enrolment.objects.holding().filter(trainee=trainee, course=exam.course_id).first()
    if enrolment is None:
        return NotInCourse()
    if exam.after_lessons and not watched_enough(enrolment):
        return LessonsFirst()
    return _after(exam, before, at) if before and not exam.is_quiz else None


def _after(exam: Exam, before: list[Attempt], at: datetime) -> ExamRefused | None:
    last = before[-1]
    if any(attempt.passed and attempt.released_at for attempt in before):
        return PassedAlready()
    if last.state != State.DONE or last.released_at is None:
        return ResultPending()
    if exam.most_attempts is not None and len(before) >= exam.most_attempts:
        return NoAttemptLeft(exam.most_attempts)
    until = (last.handed_in_at or at) + timedelta(hours=exam.wait_hours)
    return WaitFirst(until) if at < until else None


def _begin(exam: Exam, trainee: Trainee, number: int, at: datetime, chance: Random) -> Attempt:
    items = draw(exam=exam, chance=chance)
    most = Decimal(sum(item.points for item in items))
    attempt = Attempt.objects.create(
        exam=exam,
        trainee=trainee,
        number=number,
        started_at=at,
        deadline=_deadline(exam, at),
        partial=exam.partial,
        most=most,
        pass_mark=(most * exam.pass_percent / 100).quantize(Decimal("0.1")),
    )
    for item in items:
        item.attempt = attempt
    AttemptItem.objects.bulk_create(items)
    return attempt


def _deadline(exam: Exam, at: datetime) -> datetime | None:
    if exam.is_quiz or exam.minutes is None:
        return None
    ends = at + timedelta(minutes=exam.minutes)
    return min(ends, exam.closes_at) if exam.closes_at else ends
