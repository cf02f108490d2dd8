"""Checking in: who came, told by the person at the door with the code of the moment, or by the organiser."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.activities.models import CHECK_IN_OPENS, Activity
from brand.activities.places import accept
from brand.activities.refusals import CheckInRefused, OfferOver
from brand.activities.sign_ups import SignUp
from brand.acts.models import record_act
from lib import rotating

State = SignUp.State


def code_now(activity: Activity, *, at: datetime) -> str:
    """Return the code that the screen at the door shows now."""
    return rotating.code(activity.check_in_key, at=at)


def is_at_the_door(activity: Activity, typed: str, *, at: datetime) -> bool:
    """Tell whether somebody has the code of this moment, or of the half minute before."""
    return rotating.is_current(activity.check_in_key, typed, at=at)


def check_in(*, sign_up: SignUp, at: datetime, by: User | None = None) -> bool:
    """Write down that the person came; return whether that is new. Who comes has said yes to an offer.

    `by` is the organiser doing it by hand, also hours later.

    Raises:
        CheckInRefused: too early, too late, or the person has no place.
    """
    _refuse_time(sign_up.activity, at=at, by_hand=by is not None)
    with transaction.atomic():
        if sign_up.state == State.OFFERED:
            try:
                accept(sign_up=sign_up, at=at)
            except OfferOver as error:
                raise CheckInRefused(str(error)) from error
        _refuse_without_place(sign_up)
        # two phones, or the organiser and the person, at once: one of them writes it down
        mine = SignUp.objects.filter(pk=sign_up.pk, state=State.GOING, checked_in_at=None)
        is_new = bool(mine.update(checked_in_at=at))
        if is_new:
            record_act(
                sign_up, "checked_in", by=by or sign_up.user, at=at, detail={"by_hand": by is not None}
            )
    sign_up.refresh_from_db(fields=["state", "checked_in_at", "answer_by"])
    return is_new


def undo_check_in(*, sign_up: SignUp, at: datetime, by: User) -> None:
    """Take a check-in back that the organiser ticked by mistake.

    Raises:
        CheckInRefused: the person has not checked in.
    """
    with transaction.atomic():
        came = SignUp.objects.filter(pk=sign_up.pk).exclude(checked_in_at=None)
        if not came.update(checked_in_at=None):
            raise CheckInRefused(_("This person is not checked in."))
        record_act(sign_up, "check_in_undone", by=by, at=at)
    sign_up.refresh_from_db(fields=["checked_in_at"])


def _refuse_time(activity: Activity, *, at: datetime, by_hand: bool) -> None:
    if activity.called_off_at is not None:
        raise CheckInRefused(_("This activity is called off."))
    if at < activity.starts_at - CHECK_IN_OPENS:
        raise CheckInRefused(_("Check-in opens two hours before it begins."))
    if not by_hand and not activity.checks_in(at=at):
        raise CheckInRefused(_("Check-in is over. Tell the organiser that you were there."))


def _refuse_without_place(sign_up: SignUp) -> None:
    if sign_up.state == State.WAITING:
        raise CheckInRefused(_("You are still on the waiting list. Ask the organiser whether there is room."))
    if sign_up.state != State.GOING:
        raise CheckInRefused(_("This sign-up has ended. Ask the organiser whether there is room."))
