"""Reminding officers of letters whose day comes near or has passed, once for each."""

from datetime import datetime, timedelta

from django.utils import timezone

from openness.letters.models import Letter, LetterState
from openness.letters.telling import tell_of_letter

AHEAD = timedelta(days=3)


def remind_of_letters(*, at: datetime) -> int:
    """Tell of letters due within three days, and again of those overdue; return how many wait. 1 query."""
    today = timezone.localdate(at)
    waiting = list(Letter.objects.exclude(state=LetterState.ANSWERED).filter(due_on__lte=today + AHEAD))
    for letter in waiting:
        kind = "letter_overdue" if letter.is_overdue(on=today) else "letter_due_soon"
        tell_of_letter(letter, kind, at=at)
    return len(waiting)
