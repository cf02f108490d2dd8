"""What is done with filings: entered, changed, renewed. Each leaves a line in the trail."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.trademarks.filings import Filing
from brand.trademarks.models import Trademark
from brand.trademarks.terms import Term, last_day, renewal_opens, renewed, term
from changes import outbox
from lib.nice import CLASSES

# a filing in one of these protects, or may come to: a second plan for the same class would be a slip
LIVING = (
    Filing.State.PLANNED,
    Filing.State.APPLIED,
    Filing.State.PUBLISHED,
    Filing.State.OPPOSED,
    Filing.State.REGISTERED,
    Filing.State.UNDER_REVIEW,
)
_TOLD = ("state", "number", "applied_on", "published_on", "registered_on", "expires_on")


class CannotRenew(ValueError):
    """The term cannot be renewed now; the text says why."""


def complete(filing: Filing) -> None:
    """Fill in the last day of a registration where it was left empty: ten years."""
    if filing.registered_on and not filing.expires_on and filing.state == Filing.State.REGISTERED:
        filing.expires_on = last_day(filing.registered_on)


def note_filing(filing: Filing, *, before: Filing | None, by: User | None, at: datetime) -> None:
    """Write down what saving `filing` changed, and tell the pages; call it in the same transaction."""
    changed = _changed(filing, before)
    if before is None:
        record_act(filing, "entered", by=by, at=at, detail=changed)
    elif changed:
        record_act(filing, "changed", by=by, at=at, detail=changed)
    outbox.record(filing, region=filing.region.slug)


def _changed(filing: Filing, before: Filing | None) -> dict[str, Any]:
    """Return the facts of the register that differ: what they were, what they are."""
    facts = ((name, getattr(before, name, None) or None, getattr(filing, name) or None) for name in _TOLD)
    return {name: [old and str(old), new and str(new)] for name, old, new in facts if old != new}


@transaction.atomic
def file_in_classes(
    *, trademark: Trademark, classes: Iterable[int], applied_on: date | None, by: User | None, at: datetime
) -> list[Filing]:
    """Enter a trademark in several classes at once: applied for on that day, or planned without one.

    Classes in which it has a living filing are left as they are. Returns what was entered.
    """
    # the row of the trademark is locked, so that two who press the button at once do not enter it twice
    Trademark.objects.select_for_update().get(pk=trademark.pk)
    living = trademark.filings.filter(state__in=LIVING).values_list("nice_class", flat=True)
    wanted = sorted(set(classes) & CLASSES.keys() - set(living))
    state = Filing.State.APPLIED if applied_on else Filing.State.PLANNED
    made = [
        Filing.objects.create(trademark=trademark, nice_class=number, state=state, applied_on=applied_on)
        for number in wanted
    ]
    for filing in made:
        record_act(filing, "entered", by=by, at=at, detail={"state": [None, str(state)]})
    if made:
        outbox.record(trademark, region=trademark.region.slug)
    return made


@transaction.atomic
def renew(*, filing: Filing, by: User | None, at: datetime, note: str = "") -> date:
    """Add ten years to a registration and return its new last day.

    Decided by compare-and-set on the last day that `filing` was read with: two officers who enter the same
    proof of renewal add ten years, not twenty.

    Raises:
        CannotRenew: not registered, too early, too late, or somebody renewed it a moment ago.
    """
    before = filing.expires_on
    if filing.state != Filing.State.REGISTERED or before is None:
        raise CannotRenew(_("Only a registered trademark is renewed."))
    _refuse_out_of_time(before, on=timezone.localdate(at))
    after = renewed(before)
    same = Filing.objects.filter(pk=filing.pk, state=Filing.State.REGISTERED, expires_on=before)
    if not same.update(expires_on=after):
        raise CannotRenew(_("Somebody changed this filing a moment ago. Look at it again."))
    filing.expires_on = after
    record_act(filing, "renewed", by=by, at=at, note=note, detail={"expires_on": [str(before), str(after)]})
    outbox.record(filing, region=filing.region.slug)
    return after


def _refuse_out_of_time(expires_on: date, *, on: date) -> None:
    now = term(expires_on, on=on)
    if now == Term.RUNNING:
        day = renewal_opens(expires_on)
        raise CannotRenew(
            _("It can be renewed from %(day)s on, a year before it ends.") % {"day": day.isoformat()}
        )
    if now == Term.LAPSED:
        raise CannotRenew(_("The six months after its end are over. It has to be filed anew."))
