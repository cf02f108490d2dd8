"""What exams hold about a person. For export and deletion."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from training.exams.attempts import Attempt, AttemptItem
from training.exams.ending import end
from training.exams.markings import Appeal


def export(user: User) -> dict[str, Any]:
    """Return the attempts with the answers given, and appeals."""
    mine = Attempt.objects.filter(trainee__user=user)
    facts = ("exam__title", "number", "started_at", "handed_in_at", "score", "most", "passed")
    answers = AttemptItem.objects.filter(attempt__in=mine).exclude(answer=[])
    appeals = Appeal.objects.filter(attempt__in=mine)
    return {
        "exams": list(mine.values(*facts)),
        "exam_answers": list(answers.values("attempt__exam__title", "text", "answer", "answered_at")),
        "exam_appeals": list(appeals.values("words", "at", "answer", "answered_at")),
    }


def keeps(user: User) -> list[str]:
    """Return what stays: results, without whose they are."""
    if not Attempt.objects.filter(trainee__user=user).exists():
        return []
    return [_("That somebody passed an exam or not stays counted, without your name and what you wrote.")]


def erase(*, user: User, at: datetime) -> None:
    """Forget what the person wrote, and end the papers nobody can finish or mark without it.

    Results that were reached stay counted; what was asked of a paper that ended stays as it was asked.
    """
    mine = Attempt.objects.filter(trainee__user=user)
    for attempt in mine.exclude(state__in=[Attempt.State.DONE, Attempt.State.ENDED]):
        end(attempt=attempt, at=at)
    written = AttemptItem.objects.filter(attempt__in=mine, kind__in=["fill_in", "short"])
    written.exclude(answer=[]).update(answer=[])
    appeals = Appeal.objects.filter(attempt__in=mine)
    appeals.filter(answered_at=None).delete()  # nobody waits for the answer any more
    appeals.update(words="", answer="")
