"""Opening and closing an exam."""

from datetime import datetime
from random import Random

from django.db import transaction

from accounts.models import User
from brand.acts.models import record_act
from training.exams.drawing import draw
from training.exams.papers import Exam


def open_exam(*, exam: Exam, by: User, at: datetime) -> None:
    """Let trainees sit an exam; a paper is drawn once to see that the bank has what it wants.

    Raises:
        TooFewQuestions: it has not; nothing was changed.
    """
    draw(exam=exam, chance=Random(0))  # noqa: S311 - nobody sits this paper
    _turn(exam, Exam.State.OPEN, "opened", by, at)


def close_exam(*, exam: Exam, by: User, at: datetime) -> None:
    """Let nobody begin any more; papers that are open go on to their deadline."""
    _turn(exam, Exam.State.CLOSED, "closed", by, at)


def _turn(exam: Exam, state: str, verb: str, by: User, at: datetime) -> None:
    with transaction.atomic():
        if Exam.objects.filter(pk=exam.pk).exclude(state=state).update(state=state):
            record_act(exam, verb, by=by, at=at)
    exam.state = state
