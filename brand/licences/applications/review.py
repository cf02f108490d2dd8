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
from brand.licences.applications.moving import locked
from brand.licences.applications.telling import tell_applicant
from brand.members.interests import refuse_own
from changes import outbox

State = LicenceApplication.State
# what a remark can be about; the form of the member shows it beside that field
REMARKABLE: Final = ("brand_name", "products", "trademark_classes", "uses", "purpose", "papers")
RETURNABLE: Final = (State.SUBMITTED, State.ACCEPTED, State.CHECKED, State.PUBLICITY)


class NoRemark(ValueError):
    """It is sent back with something to correct, or not at all."""


def accept_application(*, application: LicenceApplication, by: User, at: datetime, note: str = "") -> None:
    """Take an application on. Next comes the site check; one that passed in an earlier round still counts.

    Raises:
        AlreadyMoved: somebody else was quicker.
        ConflictOfInterest: it is the officer's own.
    """
    with transaction.atomic():
        now = locked(application, among=[State.SUBMITTED])
        refuse_own(by, member=now.member, applicant=now.applicant)
        last = now.site_checks.last()
        now.state = State.CHECKED if last and last.passed else State.ACCEPTED
        now.changed_at = at
        now.save(update_fields=["state", "changed_at"])
        record_act(now, "accepted", by=by, at=at, note=note.strip())
        transaction.on_commit(partial(tell_applicant, now, "licence_application_accepted", at=at))
    application.refresh_from_db()


def return_application(
    *, application: LicenceApplication, remarks: Mapping[str, str], by: User, at: datetime, note: str = ""
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
        now = locked(application, among=RETURNABLE)
        refuse_own(by, member=now.member, applicant=now.applicant)
        was_public = now.state == State.PUBLICITY
        now.state, now.changed_at, now.due_on = State.RETURNED, at, None
        now.publicity_from = now.publicity_to = None
        now.remarks = {**named, **({"whole": note.strip()} if note.strip() else {})}
        now.version += 1
        now.save()
        record_act(now, "returned", by=by, at=at, note=note.strip(), detail={"remarks": named})
        if was_public:
            outbox.record(now, region=now.region.slug)
        transaction.on_commit(partial(tell_applicant, now, "licence_application_returned", at=at))
    application.refresh_from_db()
