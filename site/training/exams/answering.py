"""Answering: every answer is saved as it is given, by the server's clock, and never by an older one."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from training.exams.attempts import Attempt, AttemptItem
from training.exams.handing_in import GRACE, hand_in
from training.exams.questions import Question
from training.exams.refusals import HandedInAlready, NotAnAnswer, TimeIsUp
from training.exams.scoring import earned

LONGEST: Final = {Question.Kind.FILL_IN: 120, Question.Kind.SHORT: 1000}
"""Characters of an answer that is written; what is longer is cut."""
MOST_REVISIONS: Final = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Given:
    """An answer somebody gave to the question at `place`; `revision` counts their changes to it."""

    place: int
    answer: Sequence[str]
    revision: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept at `place` now; `newer` when that is not what was sent, but given later elsewhere."""

    place: int
    answer: list[str]
    revision: int
    newer: bool


def keep_answers(*, attempt: Attempt, given: Sequence[Given], at: datetime) -> list[Kept]:
    """Keep answers of an open attempt and return what is kept now.

    An answer is kept when its revision is above the one that is there: a save that was on its way for long,
    or from a device that was off-line, does not overwrite what was answered since. The attempt is locked,
    so nothing is kept after it was handed in.

    Raises:
        TimeIsUp: the deadline has passed; the attempt is handed in with what was kept before.
        HandedInAlready: it was handed in before.
        NotAnAnswer: no such question, no such option; nothing was kept.
    """
    with transaction.atomic():
        held = _open(attempt, at)
        if held is not None:
            items = {item.place: item for item in held.items.all()}
            return [_keep(items, each, at) for each in given]
    with suppress(HandedInAlready):
        hand_in(attempt=attempt, at=at)
    raise TimeIsUp(attempt.deadline or at)


def check(*, attempt: Attempt, given: Given, at: datetime) -> AttemptItem:
    """Keep an answer of a quiz for good, and return its question with what was right and earned.

    The last one hands the quiz in.

    Raises:
        HandedInAlready: the question or the whole quiz is done.
        NotAnAnswer: nothing was chosen, or no such option.
    """
    with transaction.atomic():
        held = Attempt.objects.select_for_update(of=("self",)).select_related("exam").get(pk=attempt.pk)
        item = held.items.filter(place=given.place).first()
        if item is None or not held.exam.is_quiz:
            raise NotAnAnswer
        if held.state != Attempt.State.OPEN or item.checked_at:
            raise HandedInAlready
        item.answer = clean(item, given.answer)
        if not item.answer:
            raise NotAnAnswer
        item.answered_at = item.checked_at = at
        item.revision += 1
        item.earned = earned(
            kind=item.kind, right=item.right, answer=item.answer, points=item.points, partial=held.partial
        )
        item.save()
        if not held.items.filter(checked_at=None).exists():
            hand_in(attempt=held, at=at)
    return item


def clean(item: AttemptItem, answer: Sequence[str]) -> list[str]:
    """Return an answer as it is kept: keys in the order of the paper, or one text.

    Raises:
        NotAnAnswer: more than one where one is right, or an option that is not there.
    """
    if item.kind in LONGEST:
        text = "".join(answer).replace("\0", "").strip()[: LONGEST[Question.Kind(item.kind)]]
        return [text] if text else []
    keys = ["yes", "no"] if item.kind == Question.Kind.TRUE_FALSE else [key for key, _text in item.options]
    if not set(answer) <= set(keys) or (item.kind != Question.Kind.MULTIPLE and len(set(answer)) > 1):
        raise NotAnAnswer
    return [key for key in keys if key in set(answer)]


def _open(attempt: Attempt, at: datetime) -> Attempt | None:
    """Return the attempt, locked; None when its time is up."""
    held = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if held.state != Attempt.State.OPEN:
        if held.by_the_clock:
            raise TimeIsUp(held.deadline or at)
        raise HandedInAlready
    return None if held.deadline is not None and at > held.deadline + GRACE else held


def _keep(items: dict[int, AttemptItem], given: Given, at: datetime) -> Kept:
    item = items.get(given.place)
    if item is None or not 0 <= given.revision <= MOST_REVISIONS:
        raise NotAnAnswer
    answer = clean(item, given.answer)
    if given.revision > item.revision:
        item.answer, item.revision, item.answered_at = answer, given.revision, at
        item.save(update_fields=["answer", "revision", "answered_at"])
    return Kept(item.place, item.answer, item.revision, newer=item.answer != answer)
