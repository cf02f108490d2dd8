"""The life of a claim: which state follows which, one write path.

- open → (returning → back →) refunding or resending → settled
- open → refused → with the office → any of these, or rejected
- before goods or money moved → withdrawn
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.aftersales.models import Claim

State = Claim.State
NEXT: dict[str, set[str]] = {
    State.OPEN: {
        State.RETURNING, State.REFUNDING, State.RESENDING, State.REFUSED, State.OFFICE, State.WITHDRAWN,
    },
    State.REFUSED: {State.OFFICE, State.REJECTED, State.WITHDRAWN},
    State.OFFICE: {
        State.RETURNING, State.REFUNDING, State.RESENDING, State.REJECTED, State.WITHDRAWN,
    },
    State.RETURNING: {State.BACK, State.WITHDRAWN},
    State.BACK: {State.REFUNDING, State.RESENDING, State.OFFICE},
    State.REFUNDING: {State.SETTLED},
    State.RESENDING: {State.SETTLED},
    State.SETTLED: set(),
    State.REJECTED: set(),
    State.WITHDRAWN: set(),
}  # fmt: skip
CLOSED = {State.SETTLED, State.REJECTED, State.WITHDRAWN}


class NotYourTurn(ValueError):
    """The claim is not where this step begins; somebody else may have been first. Nothing was changed."""


def move(
    claim: Claim,
    to: str,
    *,
    verb: str,
    side: str,
    at: datetime,
    by: User | None,
    due_at: datetime | None = None,
    note: str = "",
    **facts: Any,
) -> None:
    """Move `claim` to state `to` and write the act down: who of buyer, seller and office did it (`side`).

    Compare-and-set on the state the caller saw: of two that answer at once one loses and changes nothing,
    if it runs in a transaction, as every caller must. `due_at` is until when the next side has time.

    Raises:
        NotYourTurn: `to` does not follow, or the claim has moved meanwhile.
    """
    closed_at = at if to in CLOSED else None
    moved = to in NEXT[claim.state] and Claim.objects.filter(pk=claim.pk, state=claim.state).update(
        state=to, due_at=due_at, closed_at=closed_at, **facts
    )
    if not moved:
        raise NotYourTurn(_("This claim has moved on meanwhile. Look at it again."))
    claim.refresh_from_db()
    record_act(claim, verb, by=by, at=at, note=note, detail={"side": side})
