"""Ending an attempt with the account: what was written is forgotten, so nobody can mark it any more."""

from datetime import datetime

from django.db import transaction

from training.exams.attempts import Attempt
from training.exams.settling import conclude


def end(*, attempt: Attempt, at: datetime) -> None:
    """End an attempt that is open or waits to be marked; call it before the answers are forgotten.

    One that was marked once and waits for a second person keeps the result of the first, and a result that
    was asked about stays as it was told. Any other ends without a result, and counts in none.
    """
    with transaction.atomic():
        # held: somebody may be marking it this moment
        held = Attempt.objects.select_for_update(of=("self",)).select_related("exam").get(pk=attempt.pk)
        if held.state == Attempt.State.SECOND:
            conclude(attempt=held, items=list(held.items.all()), at=at)
        elif held.state in {Attempt.State.OPEN, Attempt.State.HANDED_IN}:
            held.state, held.handed_in_at = Attempt.State.ENDED, held.handed_in_at or at
            held.save(update_fields=["state", "handed_in_at"])
