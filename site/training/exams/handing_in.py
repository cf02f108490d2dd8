"""Handing in: by the trainee, or by the clock when time is up; closed questions are marked at once."""

import logging
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from training.exams.attempts import Attempt
from training.exams.refusals import HandedInAlready
from training.exams.scoring import earned
from training.exams.settling import settle

logger = logging.getLogger(__name__)

GRACE: Final = timedelta(seconds=5)
"""How much later than the deadline an answer may arrive: it was on its way."""


def hand_in(*, attempt: Attempt, at: datetime) -> None:
    """Close an attempt and mark what rules can mark. Past its deadline it counts as handed in then.

    Compare-and-set on the state: the trainee's click and the clock in the same moment close it once.

    Raises:
        HandedInAlready: it was closed before.
    """
    late = attempt.deadline is not None and at > attempt.deadline + GRACE
    closed = attempt.deadline if attempt.deadline is not None and at > attempt.deadline else at
    with transaction.atomic():
        open_one = Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.OPEN)
        if not open_one.update(state=Attempt.State.HANDED_IN, handed_in_at=closed, by_the_clock=late):
            raise HandedInAlready
        _mark_by_rule(attempt)
        settle(attempt_id=attempt.pk, at=at)
    attempt.refresh_from_db()


def hand_in_overdue(*, at: datetime) -> int:
    """Hand in every attempt whose time is up; return how many. One that breaks does not stop the others."""
    count = 0
    for attempt in Attempt.objects.overdue(at=at - GRACE).order_by("deadline"):
        try:
            hand_in(attempt=attempt, at=at)
        except HandedInAlready:
            continue
        except Exception:
            logger.exception("attempt %s could not be handed in", attempt.pk)
            continue
        count += 1
    return count


def _mark_by_rule(attempt: Attempt) -> None:
    items = list(attempt.items.all())
    for item in items:
        item.earned = (
            Decimal(item.points)
            if item.voided
            else earned(
                kind=item.kind,
                right=item.right,
                answer=item.answer,
                points=item.points,
                partial=attempt.partial,
            )
        )
    attempt.items.model.objects.bulk_update(items, ["earned"])
