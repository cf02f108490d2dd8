"""The people of a class as the teacher looks at them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from brand.models import SignUp
from training.classes.attendance import Attendance, needed_of
from training.classes.check_ins import CheckIn
from training.classes.training_class import TrainingClass
from training.models import Trainee

_ORDER = {state: place for place, state in enumerate(SignUp.State.values)}


@dataclass(frozen=True, slots=True)
class Person:
    """One sign-up with the trainee it belongs to, the check-ins by meeting, and whether that is enough."""

    sign_up: SignUp
    trainee: Trainee | None
    check_ins: dict[int, CheckIn]
    attendance: Attendance


def people_of(training_class: TrainingClass) -> list[Person]:
    """Return everybody on the list, those with a place first. 4 queries."""
    sign_ups = list(training_class.activity.sign_ups.prefetch_related("check_ins"))
    accounts = [each.user_id for each in sign_ups if each.user_id]
    trainees = {each.user_id: each for each in Trainee.objects.filter(user__in=accounts)}
    needed = needed_of(training_class)
    sign_ups.sort(key=lambda each: (_ORDER[each.state], each.signed_up_at, each.pk))
    return [_person(each, trainees.get(each.user_id or 0), needed) for each in sign_ups]


def doubtful(training_class: TrainingClass) -> QuerySet[CheckIn]:
    """Return the check-ins somebody has to look at. 1 query."""
    rows = CheckIn.objects.doubtful().filter(meeting__training_class=training_class)
    return rows.select_related("sign_up", "meeting")


def _person(sign_up: SignUp, trainee: Trainee | None, needed: int) -> Person:
    check_ins = {each.meeting_id: each for each in sign_up.check_ins.all()}
    came = sum(each.standing == CheckIn.Standing.COUNTS for each in check_ins.values())
    return Person(sign_up, trainee, check_ins, Attendance(came, needed))
