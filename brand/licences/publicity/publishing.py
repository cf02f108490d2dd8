"""Publicity begins: what is about to be licensed stands on a public page for some days."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.applications.models import LicenceApplication
from brand.licences.applications.moving import locked, move
from brand.licences.applications.telling import tell_applicant
from brand.licences.rules import rules_of
from brand.members.interests import refuse_own
from changes import outbox

State = LicenceApplication.State


def publish_application(
    *, application: LicenceApplication, by: User, at: datetime, seen: int | None = None
) -> None:
    """Make an application public: from today, for the county's days counted from tomorrow.

    Raises:
        AlreadyMoved: somebody else was quicker.
        ConflictOfInterest: it is the officer's own.
    """
    with transaction.atomic():
        now = locked(application, among=[State.CHECKED], seen=seen)
        refuse_own(by, member=now.member, applicant=now.applicant)
        today = timezone.localdate(at)
        last = today + timedelta(days=rules_of(now.region).publicity_days)
        move(now, State.PUBLICITY, at=at, publicity_from=today, publicity_to=last)
        record_act(now, "published", by=by, at=at, detail={"to": last.isoformat()})
        outbox.record(now, region=now.region.slug)
        transaction.on_commit(partial(tell_applicant, now, "licence_publicity_begun", at=at))
    application.refresh_from_db()
