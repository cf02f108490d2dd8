"""A harvest that comes later: the new window is shown at once, and every buyer is told of the way out."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.presale.models import Presale, PresaleDelay
from shop.presale.states import PresaleRefused, tell_pages
from shop.presale.telling import tell_delay


def delay(
    *, presale: Presale, now_from: date, now_to: date, reason: str, at: datetime, by: User | None
) -> PresaleDelay:
    """Move the harvest to `now_from` – `now_to`; who booked before may take the deposit back.

    Raises:
        PresaleRefused: it is no later, or not waiting for its harvest.
    """
    if now_to <= presale.harvest_to or now_from > now_to:
        raise PresaleRefused(_("A delay ends after %(day)s.") % {"day": f"{presale.harvest_to:%Y-%m-%d}"})
    with transaction.atomic():
        made = _delayed(presale, now_from, now_to, reason, at)
        record_act(presale, "delayed", by=by, at=at, note=reason)
        tell_pages(presale)
    tell_delay(made, at=at)
    return made


def _delayed(presale: Presale, now_from: date, now_to: date, reason: str, at: datetime) -> PresaleDelay:
    """Write the delay. Compare-and-set on the window: of two officers one is first, nothing is told twice."""
    was_from, was_to = presale.harvest_from, presale.harvest_to
    waiting = Presale.objects.filter(
        pk=presale.pk, state=Presale.State.OPEN, harvest_from=was_from, harvest_to=was_to
    )
    if not waiting.update(harvest_from=now_from, harvest_to=now_to):
        raise PresaleRefused(_("This pre-sale has moved on meanwhile. Look at it again."))
    presale.refresh_from_db()
    return PresaleDelay.objects.create(
        presale=presale, was_from=was_from, was_to=was_to, now_from=now_from, now_to=now_to,
        reason=reason, at=at,
    )  # fmt: skip
