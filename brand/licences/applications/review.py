"""Review: the officer takes an application on, or sends it back with remarks beside its fields."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.applications.models import LicenceApplication
from brand.licences.applications.moving import locked, move
from brand.licences.applications.telling import tell_applicant
from brand.members.interests import refuse_own
from changes import outbox

State = LicenceApplication.State
# what a remark can be about; the form of the member shows it beside that field
REMARKABLE: Final = ("brand_name", "products", "trademark_classes", "uses", "purpose", "papers")
RETURNABLE: Final = (State.SUBMITTED, State.ACCEPTED, State.CHECKED, State.PUBLICITY)


class NoRemark(ValueError):
    """It is sent back with something to correct, or not at all."""


def accept_application(
    *, application: LicenceApplication, by: User, at: datetime, note: str = "", seen: int | None = None
) -> None:
    """Take an application on. Next comes the site check; one that passed in an earlier round still counts.

    Raises:
        AlreadyMoved: somebody else was quicker.
        ConflictOfInterest: it is the officer's own.
    """
    with transaction.atomic():
        now = locked(application, among=[State.SUBMITTED], seen=seen)
        refuse_own(by, member=now.member, applicant=now.applicant)
        last = now.site_checks.last()
        move(now, State.CHECKED if last and last.passed else State.ACCEPTED, at=at)
        record_act(now, "accepted", by=by, at=at, note=note.strip())
        transaction.on_commit(partial(tell_applicant, now, "licence_application_accepted", at=at))
    application.refresh_from_db()


def return_application(
    *,
    application: LicenceApplication,
    remarks: Mapping[str, str],
    by: User,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> None:
    """Send an application back: `remarks` says by field what to correct, `note` is about the whole.

    Raises:
        NoRemark: nothing to correct was named.
        AlreadyMoved: somebody else was quicker.
        ConflictOfInterest: it is the officer's own.
    """
    named = {
        field: words.strip() for field, words in remarks.items() if words.strip() and field in REMARKABLE
    }
    if not named and not note.strip():
        raise NoRemark(_("Say what is to be corrected, at least one thing."))
    with transaction.atomic():
        now = locked(application, among=RETURNABLE, seen=seen)
        refuse_own(by, member=now.member, applicant=now.applicant)
        was_public = now.state == State.PUBLICITY
        said = {**named, **({"whole": note.strip()} if note.strip() else {})}
        over = {"publicity_from": None, "publicity_to": None, "due_on": None}
        move(now, State.RETURNED, at=at, remarks=said, **over)
        record_act(now, "returned", by=by, at=at, note=note.strip(), detail={"remarks": named})
        if was_public:
            outbox.record(now, region=now.region.slug)
        transaction.on_commit(partial(tell_applicant, now, "licence_application_returned", at=at))
    application.refresh_from_db()
