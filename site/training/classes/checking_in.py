"""Checking in: by the code of the door, also delivered later, or by the teacher's hand.

A code proves when it was shown, for it cannot be made in advance; it does not prove who held the phone.
So nobody is refused for a doubt: a doubtful check-in is written down with its reason, and counts once the
teacher has said so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.activities import check_in as door
from brand.activities.refusals import CheckInRefused
from brand.acts.models import record_act
from brand.models import SignUp
from lib import rotating
from training.classes.check_ins import CheckIn, Doubt
from training.classes.doubts import doubts_about
from training.classes.meetings import Meeting
from training.classes.refusals import CodeUnknown
from training.models import Trainee

AT_ONCE = timedelta(minutes=10)  # between the scan and the button: long enough to type a number
DELIVERED_WITHIN = timedelta(days=3)  # after the meeting closes: a phone found its network by then

Standing, Way = CheckIn.Standing, CheckIn.Way


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone says: the code it saw, its own clock when it saw it, which phone, from where.

    `device` is a number the phone keeps for itself, `place` a province and city or empty.
    """

    code: str
    device: str = ""
    place: str = ""
    clock: datetime | None = None


def code_now(meeting: Meeting, *, at: datetime) -> str:
    """Return the code that the screen at the door shows now."""
    return rotating.code(meeting.key, at=at)


def codes_of(meeting: Meeting) -> list[str]:
    """Return all codes of a meeting, from when its door opens: for a screen without a connection."""
    return rotating.codes(meeting.key, since=meeting.opens_at, until=meeting.closes_at)


def is_at_the_door(meeting: Meeting, typed: str, *, at: datetime) -> bool:
    """Tell whether somebody has the code of this moment, or of the half minute before."""
    return meeting.checks_in(at=at) and rotating.is_current(meeting.key, typed, at=at)


def check_in(*, meeting: Meeting, sign_up: SignUp, told: Told, at: datetime) -> tuple[CheckIn, bool]:
    """Write down that the person came, and return whether that is new; twice is once.

    Raises:
        CodeUnknown: the code is none of this meeting.
        CheckInRefused: called off, no place, or it arrives days later.
    """
    shown = rotating.shown_at(meeting.key, told.code, since=meeting.opens_at, until=meeting.closes_at)
    if shown is None or shown > at:
        raise CodeUnknown
    if at > meeting.closes_at + DELIVERED_WITHIN:
        raise CheckInRefused(_("This check-in comes days late. Tell the teacher that you were there."))
    way = Way.CODE if at - shown <= AT_ONCE else Way.KEPT
    return _write(meeting, sign_up, way=way, moment=shown, told=told, at=at, by=None)


def tick(
    *, meeting: Meeting, sign_up: SignUp, by: User, at: datetime, seen_at: datetime | None = None
) -> tuple[CheckIn, bool]:
    """Write down that the teacher saw the person, now or at `seen_at`; what was doubtful counts then.

    Raises:
        CheckInRefused: called off, no place, or it has not begun.
    """
    moment = min(seen_at or at, at)
    if moment < meeting.opens_at:
        raise CheckInRefused(_("Check-in opens an hour before it begins."))
    made, is_new = _write(meeting, sign_up, way=Way.HAND, moment=moment, told=Told(""), at=at, by=by)
    if not is_new and made.standing != Standing.COUNTS:
        judge(check_in=made, counts=True, by=by, at=at)
    return made, is_new


def judge(*, check_in: CheckIn, counts: bool, by: User, at: datetime) -> None:
    """Say whether a check-in counts: the teacher has looked at it, or ticked somebody by mistake.

    Raises:
        CheckInRefused: that is what it says already.
    """
    standing = Standing.COUNTS if counts else Standing.STRUCK
    with transaction.atomic():
        changed = CheckIn.objects.filter(pk=check_in.pk).exclude(standing=standing)
        if not changed.update(standing=standing, judged_by=by, judged_at=at):
            raise CheckInRefused(_("Somebody has looked at this check-in already."))
        verb = "confirmed" if counts else "refused"
        record_act(check_in, verb, by=by, at=at, detail={"doubts": check_in.doubts})
        _settle_sign_up(check_in, by=by, at=at)
    check_in.refresh_from_db()


def _write(
    meeting: Meeting,
    sign_up: SignUp,
    *,
    way: str,
    moment: datetime,
    told: Told,
    at: datetime,
    by: User | None,
) -> tuple[CheckIn, bool]:
    with transaction.atomic():
        # one at a time: two people with one phone at the same instant must both be seen
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        before = held.check_ins.filter(sign_up=sign_up).first()
        if before is not None:
            return before, False
        door.check_in(sign_up=sign_up, at=moment, by=by)
        doubts = [] if by else doubts_about(held, sign_up, way=way, moment=moment, told=told, at=at)
        made = CheckIn.objects.create(
            meeting=held,
            sign_up=sign_up,
            trainee=Trainee.objects.filter(user=sign_up.user_id).first() if sign_up.user_id else None,
            at=moment,
            received_at=at,
            way=way,
            device=told.device,
            place=told.place,
            doubts=doubts,
            standing=Standing.ASKED if doubts else Standing.COUNTS,
        )
        if Doubt.SAME_PHONE in doubts:
            _doubt_the_others(made)
    return made, True


def _doubt_the_others(made: CheckIn) -> None:
    """Whoever used the phone first may be the one who was not there: all of them are looked at."""
    others = made.meeting.check_ins.filter(device=made.device, judged_at=None).exclude(pk=made.pk)
    for other in others:
        other.doubts = (
            [*other.doubts, Doubt.SAME_PHONE] if Doubt.SAME_PHONE not in other.doubts else other.doubts
        )
        other.standing = Standing.ASKED
        other.save(update_fields=["doubts", "standing"])


def _settle_sign_up(check_in: CheckIn, *, by: User, at: datetime) -> None:
    """Keep the sign-up in step: it says that the person came while one check-in is not struck out."""
    sign_up = check_in.sign_up
    sign_up.refresh_from_db()
    came = sign_up.check_ins.exclude(standing=Standing.STRUCK).order_by("at").first()
    if came is None and sign_up.checked_in_at is not None:
        door.undo_check_in(sign_up=sign_up, at=at, by=by)
    elif came is not None and sign_up.checked_in_at is None:
        door.check_in(sign_up=sign_up, at=came.at, by=by)
