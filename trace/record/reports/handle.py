"""Handling a report: each step is kept, with what the buyer was told and what we noted for ourselves."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from record.models import ConsumerReport, ReportStep

State = ConsumerReport.State
# a closed report stays closed: what comes up later is a further report
NEXT: dict[str, tuple[State, ...]] = {
    State.NEW: (State.LOOKING, State.ANSWERED, State.CLOSED),
    State.LOOKING: (State.LOOKING, State.ANSWERED, State.CLOSED),
    State.ANSWERED: (State.LOOKING, State.ANSWERED, State.CLOSED),
    State.CLOSED: (),
}


class StepRefused(ValueError):
    """The report cannot go there from where it is, or somebody moved it meanwhile."""


class AnswerNeedsWords(ValueError):
    """An answered or closed report tells the buyer something."""


def handle_report(
    *,
    report: ConsumerReport,
    state: str,
    reply: str = "",
    note: str = "",
    by: User | None,
    at: datetime,
) -> ReportStep:
    """Move `report` to `state` and keep the step.

    Raises:
        StepRefused: it cannot go there, or it is not any more where `report` says.
        AnswerNeedsWords: it is answered or closed and the buyer was never told anything.
    """
    if state not in NEXT[report.state]:
        raise StepRefused
    with transaction.atomic():
        # compare-and-set on the state that was shown: of two operators the second is told so
        moved = ConsumerReport.objects.filter(pk=report.pk, state=report.state).update(state=state)
        if not moved:
            raise StepRefused
        if not reply.strip() and not _was_told(report, state):
            raise AnswerNeedsWords
        return ReportStep.objects.create(
            report=report, state=state, reply=reply.strip(), note=note.strip(), by=by, at=at
        )


def _was_told(report: ConsumerReport, state: str) -> bool:
    if state == State.LOOKING:
        return True
    return state == State.CLOSED and report.steps.exclude(reply="").exists()
