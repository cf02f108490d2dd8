"""Settling an attempt: is everything marked, is it enough, may the trainee know."""

from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Final

from django.db import transaction

from training.exams import telling
from training.exams.attempts import Attempt, AttemptItem
from training.exams.markings import Marking
from training.exams.papers import Exam

BORDERLINE: Final = 5
"""Percent of all points around the pass mark: within it a second person reads what was marked by hand."""


def settle(*, attempt_id: int, at: datetime) -> None:
    """Add the points up once all are given; call it in the transaction that gave points.

    A result near the pass mark that rests on marks by hand goes to a second person before it is told.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).select_related("exam").get(pk=attempt_id)
    if attempt.state == Attempt.State.ENDED:
        return  # a question that was at fault gives it points, but no result
    items = list(attempt.items.all())
    if any(item.earned is None for item in items):
        transaction.on_commit(partial(telling.tell_markers, attempt.exam, at=at))
        return
    if _needs_second(attempt, items, _score(items)):
        Attempt.objects.filter(pk=attempt.pk).update(state=Attempt.State.SECOND)
        transaction.on_commit(partial(telling.tell_markers, attempt.exam, at=at))
        return
    conclude(attempt=attempt, items=items, at=at)


def conclude(*, attempt: Attempt, items: list[AttemptItem], at: datetime) -> None:
    """Write the result down, and tell it where it is told at once; the attempt is locked, all is marked."""
    score = _score(items)
    attempt.state, attempt.score, attempt.passed = Attempt.State.DONE, score, score >= attempt.pass_mark
    attempt.save(update_fields=["state", "score", "passed"])
    if attempt.released_at or attempt.exam.release == Exam.Release.AT_ONCE or attempt.exam.is_quiz:
        release(attempt=attempt, at=at)


def release(*, attempt: Attempt, at: datetime) -> None:
    """Let the trainee know the result, now or anew after it was looked at again."""
    if attempt.released_at is None:
        Attempt.objects.filter(pk=attempt.pk, released_at=None).update(released_at=at)
    tell = telling.tell_quiz if attempt.exam.is_quiz else telling.tell_result
    transaction.on_commit(partial(tell, attempt.pk, at=at))


def _score(items: list[AttemptItem]) -> Decimal:
    return sum((item.earned or Decimal(0) for item in items), Decimal(0))


def _needs_second(attempt: Attempt, items: list[AttemptItem], score: Decimal) -> bool:
    """Tell whether a second person must read what was marked by hand: near the pass mark, or on appeal."""
    read = [item.pk for item in items if item.by_hand and item.answer and not item.voided]
    rounds = set(Marking.objects.filter(item__in=read).values_list("round", flat=True))
    if rounds != {Marking.FIRST}:
        return False
    if attempt.released_at is not None:
        return attempt.state == Attempt.State.SECOND
    return abs(score - attempt.pass_mark) <= attempt.most * BORDERLINE / 100
