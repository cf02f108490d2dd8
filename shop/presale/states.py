"""The life of a pre-sale: being prepared → bookable → harvested → closed, or cancelled."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from changes import outbox
from shop.presale.models import Presale

State = Presale.State
NEXT: dict[str, set[str]] = {
    State.DRAFT: {State.OPEN, State.CANCELLED},
    State.OPEN: {State.HARVEST, State.CANCELLED},
    State.HARVEST: {State.CLOSED, State.CANCELLED},
    State.CLOSED: set(),
    State.CANCELLED: set(),
}


class PresaleRefused(ValueError):
    """The pre-sale cannot do this; the text says why in plain words."""


def move(
    presale: Presale, to: str, *, verb: str, at: datetime, by: User | None, note: str = "", **facts: Any
) -> None:
    """Move `presale` to state `to`, write the act down and tell the pages; call it in a transaction.

    Compare-and-set on the state the caller saw: of two officers one is first.

    Raises:
        PresaleRefused: `to` does not follow, or it has moved meanwhile.
    """
    moved = to in NEXT[presale.state] and Presale.objects.filter(pk=presale.pk, state=presale.state).update(
        state=to, **facts
    )
    if not moved:
        raise PresaleRefused(_("This pre-sale has moved on meanwhile. Look at it again."))
    presale.refresh_from_db()
    record_act(presale, verb, by=by, at=at, note=note)
    tell_pages(presale)


def tell_pages(presale: Presale) -> None:
    """Say that what the public sees of it changed; call it in the transaction of the change."""
    outbox.record(presale, region=presale.region.slug)
