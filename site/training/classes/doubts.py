"""What is doubtful about a check-in: signs that somebody checked in for somebody else.

None of them is proof. A family shares a phone, a valley has no network: therefore a person decides.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from brand.models import SignUp
from training.classes.check_ins import CheckIn, Doubt
from training.classes.meetings import Meeting

if TYPE_CHECKING:
    from training.classes.checking_in import Told

LATE = timedelta(hours=6)  # after the code was shown: whoever was there is home and has a network
CLOCK_OFF = timedelta(minutes=2)
ENOUGH = 3  # others whose place is known, before a place is odd


def doubts_about(
    meeting: Meeting, sign_up: SignUp, *, way: str, moment: datetime, told: Told, at: datetime
) -> list[str]:
    """Return what is doubtful, in the order of `Doubt`. At most 3 queries; `meeting` is locked."""
    kept = way == CheckIn.Way.KEPT
    found = {
        Doubt.SAME_PHONE: bool(told.device) and meeting.check_ins.filter(device=told.device).exists(),
        # the door gives every phone its number: one without has thrown it away, or never stood there
        Doubt.NO_PHONE: not told.device,
        Doubt.LATE: kept and at - moment > LATE,
        Doubt.CLOCK: kept and told.clock is not None and abs(told.clock - moment) > CLOCK_OFF,
        Doubt.TWO_PLACES: _elsewhere_at_once(meeting, sign_up),
        # where it was sent from says where the phone found a network, not where the code was seen
        Doubt.ELSEWHERE: not kept and bool(told.place) and _is_odd(meeting, told.place),
    }
    return [doubt.value for doubt, holds in found.items() if holds]


def _elsewhere_at_once(meeting: Meeting, sign_up: SignUp) -> bool:
    if sign_up.user_id is None:
        return False
    others = CheckIn.objects.filter(sign_up__user=sign_up.user_id).exclude(meeting=meeting)
    across = others.filter(meeting__starts_at__lt=meeting.ends_at, meeting__ends_at__gt=meeting.starts_at)
    return across.exclude(standing=CheckIn.Standing.STRUCK).exists()


def _is_odd(meeting: Meeting, place: str) -> bool:
    places = meeting.check_ins.filter(way=CheckIn.Way.CODE).exclude(place="").values_list("place", flat=True)
    counted = Counter(places)
    return counted.total() >= ENOUGH and place not in counted
