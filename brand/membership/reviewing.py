"""Deciding an application: send it back with remarks, approve, refuse. One of two officers wins."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.members.acting import let_act
from brand.members.interests import refuse_own
from brand.members.models import Member
from brand.membership.drafts import TYPED
from brand.membership.models import MembershipApplication
from brand.membership.telling import tell_applicant
from changes import outbox

State = MembershipApplication.State


class Overtaken(RuntimeError):
    """It was decided, or taken back, after the officer opened the page."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody decided this meanwhile, or the applicant took it back."
                " Nothing was changed; your words still stand below."
            )
        )


class ReasonMissing(ValueError):
    """The applicant must learn why."""

    def __init__(self) -> None:
        super().__init__(_("Say why: the applicant reads it."))


class NameTaken(ValueError):
    """Another member has that address, or that credit code."""


def return_application(
    *,
    application: MembershipApplication,
    seen: int,
    remarks: Mapping[str, str],
    note: str,
    by: User,
    at: datetime,
) -> None:
    """Send the application back: `remarks` stand beside the fields they are about, `note` above the form.

    `seen` is the version the officer looked at.

    Raises:
        ReasonMissing: neither a remark nor a note.
        ConflictOfInterest, Overtaken: nothing was changed.
    """
    kept = {field: text.strip() for field, text in remarks.items() if text.strip()}
    if not kept and not note.strip():
        raise ReasonMissing
    with _decided(application, seen, by) as mine:
        mine.state, mine.due_on = State.RETURNED, None
        mine.remarks, mine.reason = kept, note.strip()
        mine.before = {field: getattr(mine, field) for field in TYPED}
        mine.changed_at = at
        _record(mine, "returned", by=by, at=at, note=note, fields=sorted(kept))


def refuse_application(
    *, application: MembershipApplication, seen: int, reason: str, by: User, at: datetime
) -> None:
    """Refuse the application for a reason the applicant reads.

    Raises:
        ReasonMissing, ConflictOfInterest, Overtaken: nothing was changed.
    """
    if not reason.strip():
        raise ReasonMissing
    with _decided(application, seen, by) as mine:
        mine.state, mine.reason = State.REFUSED, reason.strip()
        _settle(mine, by, at)
        _record(mine, "refused", by=by, at=at, note=reason)


def approve_application(
    *, application: MembershipApplication, seen: int, slug: str, by: User, at: datetime
) -> Member:
    """Approve: the member and who acts for it come into being together with the decision.

    Raises:
        NameTaken: another member has this address or credit code.
        ConflictOfInterest, Overtaken: nothing was changed.
    """
    with _decided(application, seen, by) as mine:
        mine.member = _new_member(mine, slug, at)
        mine.state, mine.reason = State.APPROVED, ""
        _settle(mine, by, at)
        _record(mine, "approved", by=by, at=at)
        record_act(mine.member, "joined", by=by, at=at, detail={"application": mine.number})
        if mine.applicant is not None:
            let_act(member=mine.member, user=mine.applicant, by=by, at=at)
        outbox.record(mine.member, region=mine.region.slug)
    return mine.member


@contextmanager
def _decided(application: MembershipApplication, seen: int, by: User) -> Iterator[MembershipApplication]:
    """Give the application, locked; keep what the block decides and tell the applicant.

    The second of two officers waits for the lock, and then sees that the version has moved on.
    """
    with transaction.atomic():
        mine = (
            MembershipApplication.objects.select_for_update(of=("self",))
            .select_related("region", "applicant")
            .get(pk=application.pk)
        )
        refuse_own(by, credit_code=mine.credit_code, applicant=mine.applicant)
        if mine.state != State.SUBMITTED or mine.version != seen:
            raise Overtaken
        mine.version += 1
        yield mine
        mine.save()


def _new_member(application: MembershipApplication, slug: str, at: datetime) -> Member:
    others = Member.objects.all()
    if others.filter(slug=slug).exists():
        raise NameTaken(_("Another member has this address. Choose another one."))
    if application.credit_code and others.filter(credit_code=application.credit_code).exists():
        raise NameTaken(_("A member with this credit code is there already."))
    return Member.objects.create(
        region=application.region,
        name=application.name,
        slug=slug,
        kind=application.kind,
        credit_code=application.credit_code,
        phone=application.public_phone,
        town=application.town,
        address=application.address,
        about=application.about,
        joined_on=timezone.localdate(at),
    )


def _settle(application: MembershipApplication, by: User, at: datetime) -> None:
    application.decided_at, application.decided_by = at, by
    application.changed_at, application.due_on = at, None
    application.remarks, application.before = {}, {}


def _record(
    application: MembershipApplication,
    verb: str,
    *,
    by: User,
    at: datetime,
    note: str = "",
    fields: list[str] | None = None,
) -> None:
    detail = {"fields": fields} if fields else {}
    record_act(application, verb, by=by, at=at, note=note.strip(), detail=detail)
    transaction.on_commit(lambda: tell_applicant(application, kind=f"membership_{verb}", at=at))
