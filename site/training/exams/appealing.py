"""Appeals: a trainee asks to have a result looked at again; somebody who did not mark it answers."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from training.exams import telling
from training.exams.attempts import Attempt
from training.exams.marking import to_mark
from training.exams.markings import Appeal, Marking
from training.exams.refusals import ExamRefused, MarkingRefused

DAYS: Final = 7
"""How long after a result it can be asked."""


class AppealRefused(ExamRefused):
    """It cannot be asked, or not any more."""


def may_appeal(attempt: Attempt, *, at: datetime) -> bool:
    """Tell whether a result can be asked about: told, an exam's, within the days, not asked before."""
    told = attempt.released_at
    if told is None or attempt.exam.is_quiz or at > told + timedelta(days=DAYS):
        return False
    return not Appeal.objects.filter(attempt=attempt).exists()


def appeal(*, attempt: Attempt, words: str, at: datetime) -> Appeal:
    """Ask to have a result looked at again. What was marked by hand goes to a second person.

    Raises:
        AppealRefused: too late, asked before, or nothing was written.
    """
    if not words.strip():
        raise AppealRefused(_("Write what should be looked at again."))
    with transaction.atomic():
        held = Attempt.objects.select_for_update(of=("self",)).select_related("exam").get(pk=attempt.pk)
        if not may_appeal(held, at=at):
            raise AppealRefused(_("This result cannot be asked about any more."))
        made = Appeal.objects.create(attempt=held, words=words.strip(), at=at)
        if _marked_once(held):
            Attempt.objects.filter(pk=held.pk).update(state=Attempt.State.SECOND)
        transaction.on_commit(partial(telling.tell_markers, held.exam, at=at))
    return made


def answer_appeal(*, appeal: Appeal, words: str, by: User, at: datetime) -> None:
    """Answer an appeal; after the second marking where there is one to do.

    Raises:
        MarkingRefused: it waits for a second marking, the one who marked first answers, or it is answered.
    """
    if not words.strip():
        raise MarkingRefused(_("Write an answer."))
    with transaction.atomic():
        held = Appeal.objects.select_for_update(of=("self",)).select_related("attempt").get(pk=appeal.pk)
        if held.answered_at:
            raise MarkingRefused(_("This appeal is answered already."))
        if held.attempt.state != Attempt.State.DONE:
            raise MarkingRefused(_("Mark the answers a second time first."))
        first = Marking.objects.filter(item__attempt=held.attempt, round=Marking.FIRST, by=by)
        if first.exists():
            raise MarkingRefused(_("You marked this paper; somebody else answers the appeal."))
        held.answer, held.answered_at, held.answered_by = words.strip(), at, by
        held.save(update_fields=["answer", "answered_at", "answered_by"])
        record_act(held, "answered", by=by, at=at)
        transaction.on_commit(partial(telling.tell_answered, held, at=at))


def _marked_once(attempt: Attempt) -> bool:
    marked = [item for item in to_mark(attempt) if item.markings.all()]
    return bool(marked) and all(len(item.markings.all()) == 1 for item in marked)
