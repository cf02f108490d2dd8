"""One's places in classes, as the person sees them."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from brand.models import SignUp
from training.classes.check_ins import CheckIn
from training.classes.meetings import Meeting
from training.classes.queries import sign_ups_of
from training.classes.training_class import TrainingClass


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the class, its meetings, which of them the person came to, what they may do now."""

    sign_up: SignUp
    training_class: TrainingClass
    meetings: list[Meeting]
    came: dict[int, CheckIn]
    is_open: bool
    may_answer: bool

    @property
    def rows(self) -> list[tuple[Meeting, CheckIn | None]]:
        """Each meeting with the check-in to it."""
        return [(meeting, self.came.get(meeting.pk)) for meeting in self.meetings]


def places_of(user: User, *, at: datetime) -> list[Place]:
    """Return the places of an account, newest first. 4 queries."""
    return [_place(sign_up, at) for sign_up in sign_ups_of(user)]


def _place(sign_up: SignUp, at: datetime) -> Place:
    held = sign_up.activity.training_class
    came = {check_in.meeting_id: check_in for check_in in sign_up.check_ins.all()}
    return Place(
        sign_up=sign_up,
        training_class=held,
        meetings=list(held.meetings.all()),
        came=came,
        is_open=sign_up.state in SignUp.LIVE and sign_up.activity.ends_at > at,
        may_answer=any(each.standing != CheckIn.Standing.STRUCK for each in came.values()),
    )
