"""A question that was at fault: everybody who was asked it in an exam gets its points."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from brand.acts.models import record_act
from training.exams.attempts import Attempt, AttemptItem
from training.exams.papers import Exam
from training.exams.questions import Question
from training.exams.settling import settle


def void(*, exam: Exam, question: Question, by: User, at: datetime) -> int:
    """Give the points of a question to everybody who was asked it; return to how many.

    Results can only rise. Papers still open keep it and count it when they are handed in. The question is
    taken out of use, so that no new paper asks it.
    """
    with transaction.atomic():
        items = AttemptItem.objects.filter(attempt__exam=exam, question=question, voided=False)
        closed = items.exclude(attempt__state=Attempt.State.OPEN)
        attempts = list(closed.values_list("attempt", flat=True))
        closed.update(earned=F("points"))
        count = items.update(voided=True)
        Question.objects.filter(pk=question.pk).update(in_use=False)
        record_act(exam, "voided", by=by, at=at, detail={"question": question.pk, "count": count})
        for attempt in attempts:
            settle(attempt_id=attempt, at=at)
    return count
