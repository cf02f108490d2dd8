"""What an operator makes of an alert: harmless, and the code is trusted again; or copied, and it is void."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from record.codes.refusals import NotVoidable
from record.codes.voiding import void_code
from record.models import CloneAlert, Code

State = CloneAlert.State


class AlertIsClosed(Exception):
    """Somebody decided on this alert before."""


class DecisionNeedsNote(ValueError):
    """Whoever decides says what was found."""


def dismiss_alert(*, alert: CloneAlert, note: str, by: User | None, at: datetime) -> None:
    """Call what was seen harmless: without another open alert the code is trusted again, and what was seen
    so far is never held against it.

    Raises:
        DecisionNeedsNote: nothing was said.
        AlertIsClosed: somebody was faster.
    """
    with transaction.atomic():
        code = _close(alert, State.DISMISSED, note=note, by=by, at=at)
        code.accepted_devices = code.device_count
        if not code.clone_alerts.filter(state=State.OPEN).exists():
            code.suspected_at = None
        code.save(update_fields=["accepted_devices", "suspected_at"])


def confirm_alert(*, alert: CloneAlert, note: str, by: User | None, at: datetime) -> None:
    """Call the code copied and void it; buyers read `note` as the reason. Its other alerts go with it.

    Raises:
        DecisionNeedsNote: nothing was said.
        AlertIsClosed: somebody was faster.
    """
    with transaction.atomic():
        code = _close(alert, State.CONFIRMED, note=note, by=by, at=at)
        code.clone_alerts.filter(state=State.OPEN).update(
            state=State.CONFIRMED, note=note.strip(), closed_by=by, closed_at=at
        )
        try:
            void_code(serial=code.serial, reason=note.strip()[:120], at=at, by=by)
        except NotVoidable:
            return  # void already: the alert only confirms it


def _close(alert: CloneAlert, state: str, *, note: str, by: User | None, at: datetime) -> Code:
    if not note.strip():
        raise DecisionNeedsNote
    # the code first, as whoever opens an alert does: no two of these can wait for each other
    code = Code.objects.select_for_update().get(pk=alert.code_id)
    closed = CloneAlert.objects.filter(pk=alert.pk, state=State.OPEN).update(
        state=state, note=note.strip(), closed_by=by, closed_at=at
    )
    if not closed:
        raise AlertIsClosed
    return code
