"""Filling an application in: everything typed is kept, right or wrong, complete or not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.membership.forgetting import delete_whole
from brand.membership.models import MembershipApplication
from brand.models import Region
from lib.phone import display_phone

State = MembershipApplication.State
OPEN: Final = (State.DRAFT, State.RETURNED)
MOST_OPEN: Final = 5  # applications one person fills in at a time
TYPED: Final = (
    "kind",
    "name",
    "credit_code",
    "legal_person",
    "town",
    "address",
    "goods",
    "output",
    "own_brand",
    "certifications",
    "about",
    "public_phone",
    "contact_name",
    "contact_phone",
    "contact_email",
    "promised",
)


class NotOpen(RuntimeError):
    """The application is with the association, decided or withdrawn: nothing in it can be changed."""

    def __init__(self) -> None:
        super().__init__(_("This application has been sent off. Nothing was changed."))


class ChangedMeanwhile(RuntimeError):
    """Another window saved other text; `application` is as it is now, nothing of it was written over."""

    def __init__(self, application: MembershipApplication) -> None:
        super().__init__(_("This form was changed in another window. Choose which text is to stay."))
        self.application = application


class TooManyOpen(RuntimeError):
    """One person fills in that many already."""

    def __init__(self) -> None:
        super().__init__(_("You are filling in several applications already. Finish or delete one first."))


def begin_application(
    *, region: Region, applicant: User, at: datetime, like: MembershipApplication | None = None
) -> MembershipApplication:
    """Begin an application in `region`; name and number of the account are filled in, or the text of `like`.

    Raises:
        TooManyOpen: there are enough.
    """
    mine = MembershipApplication.objects.filter(applicant=applicant, state__in=OPEN)
    if mine.count() >= MOST_OPEN:
        raise TooManyOpen
    confirmed = like.confirmed_phone if like else applicant.phone if applicant.phone_verified else ""
    text = {
        "contact_name": applicant.get_full_name(),
        "contact_phone": display_phone(applicant.phone) if applicant.phone else "",
    }
    if like:
        text = {name: getattr(like, name) for name in TYPED if name != "promised"}
    return MembershipApplication.objects.create(
        region=region,
        applicant=applicant,
        confirmed_phone=confirmed or "",
        created_at=at,
        changed_at=at,
        **text,
    )


def save_draft(
    *, application: MembershipApplication, values: Mapping[str, Any], version: int, at: datetime
) -> MembershipApplication:
    """Keep what was typed into the form that was opened at `version`; return the application as it is now.

    Of two windows the second is refused by the version it was opened with; its text is still in its hands.

    Raises:
        ChangedMeanwhile: another window saved something else since.
        NotOpen: it was sent off, decided or withdrawn.
    """
    typed = {name: values[name] for name in TYPED if name in values}
    kept = MembershipApplication.objects.filter(pk=application.pk, version=version, state__in=OPEN)
    now = _reread(application)
    if not now.is_open:
        raise NotOpen
    if all(getattr(now, name) == value for name, value in typed.items()):
        return now  # nothing new, whichever window it comes from
    if not kept.update(version=F("version") + 1, changed_at=at, **typed):
        raise _lost(_reread(application))
    return _reread(application)


def differences(application: MembershipApplication, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept in the fields where `values` says something else."""
    return {
        name: getattr(application, name)
        for name in TYPED
        if name in values and getattr(application, name) != values[name]
    }


def delete_draft(*, application: MembershipApplication) -> None:
    """Delete a draft that was never sent off, with its papers.

    Raises:
        NotOpen: it was sent off; it can be withdrawn instead.
    """
    if not delete_whole(MembershipApplication.objects.filter(pk=application.pk, state=State.DRAFT)):
        raise NotOpen


def withdraw_application(*, application: MembershipApplication, by: User, at: datetime) -> None:
    """Take an application back that was sent off and is not decided.

    Raises:
        NotOpen: it was decided meanwhile.
    """
    waiting = MembershipApplication.objects.filter(
        pk=application.pk, state__in=(State.SUBMITTED, State.RETURNED)
    )
    # compare-and-set: an officer who decides at the same moment and the applicant cannot both succeed
    if not waiting.update(state=State.WITHDRAWN, version=F("version") + 1, changed_at=at, due_on=None):
        raise NotOpen
    record_act(application, "withdrawn", by=by, at=at)


def _reread(application: MembershipApplication) -> MembershipApplication:
    return MembershipApplication.objects.select_related("region__site", "applicant").get(pk=application.pk)


def _lost(now: MembershipApplication) -> NotOpen | ChangedMeanwhile:
    return ChangedMeanwhile(now) if now.is_open else NotOpen()
