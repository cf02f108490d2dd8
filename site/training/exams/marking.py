"""Marking by hand: points for short answers, by one person, near the pass mark or on appeal by a second."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from training.exams.attempts import Attempt, AttemptItem
from training.exams.markings import Marking
from training.exams.papers import Exam
from training.exams.questions import Question
from training.exams.refusals import HandedInAlready, MarkingRefused
from training.exams.settling import release, settle


@dataclass(frozen=True, slots=True)
class Given:
    """Points for one answer, with a word for the trainee."""

    points: Decimal
    remark: str = ""


def to_mark(attempt: Attempt) -> list[AttemptItem]:
    """Return the answers a person marks, with the markings they have. 2 queries."""
    items = attempt.items.filter(kind__in=Question.BY_HAND, voided=False).exclude(answer=[])
    return list(items.prefetch_related("markings__by"))


def round_of(attempt: Attempt) -> int | None:
    """Return which round of marking an attempt waits for, None when it waits for none."""
    rounds = {Attempt.State.HANDED_IN: Marking.FIRST, Attempt.State.SECOND: Marking.SECOND}
    return rounds.get(Attempt.State(attempt.state))


def mark(*, attempt: Attempt, points: Mapping[int, Given], by: User, at: datetime) -> None:
    """Give points to the answers of an attempt, by place; all of them in one go.

    The second round counts; on an appeal the better of both, so that asking harms nobody.

    Raises:
        MarkingRefused: one's own paper, the same person twice, points that are missing or too many.
        HandedInAlready: somebody else marked it in the meantime.
    """
    with transaction.atomic():
        # the row is held until the points are in: two people who mark at once take their turns
        held = Attempt.objects.select_for_update(of=("self",)).select_related("trainee").get(pk=attempt.pk)
        turn = round_of(held)
        if turn is None or held.state != attempt.state:
            raise HandedInAlready
        items = to_mark(held)
        _refuse(held, items, points, by)
        for item in items:
            _give(item, points[item.place], turn, appealed=held.released_at is not None, by=by, at=at)
        record_act(held, "marked", by=by, at=at, detail={"round": turn})
        settle(attempt_id=held.pk, at=at)


def release_all(*, exam: Exam, by: User, at: datetime) -> int:
    """Tell every result of an exam that is marked and not told yet; return how many."""
    with transaction.atomic():
        ready = exam.attempts.select_for_update(of=("self",)).select_related("exam")
        waiting = list(ready.filter(state=Attempt.State.DONE, released_at=None))
        for attempt in waiting:
            release(attempt=attempt, at=at)
        if waiting:
            record_act(exam, "released", by=by, at=at, detail={"count": len(waiting)})
    return len(waiting)


def _refuse(attempt: Attempt, items: list[AttemptItem], points: Mapping[int, Given], by: User) -> None:
    if attempt.trainee.user_id == by.pk:
        raise MarkingRefused(_("Nobody marks their own paper."))
    if any(marking.by_id == by.pk for item in items for marking in item.markings.all()):
        raise MarkingRefused(_("You marked this paper the first time; the second time is somebody else's."))
    for item in items:
        given = points.get(item.place)
        if given is None:
            raise MarkingRefused(_("Question %(place)d has no points yet.") % {"place": item.place})
        if not 0 <= given.points <= item.points:
            words = _("Question %(place)d gives 0 to %(most)d points.")
            raise MarkingRefused(words % {"place": item.place, "most": item.points})


def _give(item: AttemptItem, given: Given, turn: int, *, appealed: bool, by: User, at: datetime) -> None:
    Marking.objects.create(item=item, round=turn, points=given.points, remark=given.remark, by=by, at=at)
    before = item.earned or Decimal(0)
    item.earned = max(before, given.points) if appealed else given.points
    item.save(update_fields=["earned"])
