"""Who attended: came to as many meetings of a class as it asks for, by check-ins that count."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from brand.models import SignUp
from training.classes.check_ins import CheckIn
from training.classes.training_class import TrainingClass
from training.models import CoursePage, Trainee

COUNTS = CheckIn.Standing.COUNTS


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person in one class: at how many of how many meetings, and whether that is enough."""

    came: int
    needed: int

    @property
    def attended(self) -> bool:
        """Whether the class counts for the person."""
        return self.needed > 0 and self.came >= self.needed


def attended(*, trainee: Trainee, course: CoursePage) -> bool:
    """Tell whether somebody attended a class of a course. 1 query."""
    return _attended_classes(trainee).filter(course=course).exists()


def classes_attended(trainee: Trainee) -> QuerySet[TrainingClass]:
    """Return the classes somebody attended, newest first. 1 query."""
    return _attended_classes(trainee).select_related("activity")


def who_attended(training_class: TrainingClass) -> QuerySet[SignUp]:
    """Return the sign-ups of those who attended, by name. 2 queries."""
    needed = needed_of(training_class)
    counted = Count("check_ins", filter=Q(check_ins__standing=COUNTS))
    people = training_class.activity.sign_ups.annotate(came=counted)
    return people.filter(came__gte=max(1, needed)).order_by("name", "pk")


def needed_of(training_class: TrainingClass) -> int:
    """Return to how many meetings one has to come: as many as asked, never more than there are. 1 query."""
    planned = training_class.meetings.count()
    return min(training_class.meetings_needed or planned, planned)


def attendance_of(training_class: TrainingClass, sign_up: SignUp) -> Attendance:
    """Return how one person attended. 2 queries."""
    came = sign_up.check_ins.filter(standing=COUNTS).count()
    return Attendance(came, needed_of(training_class))


def _attended_classes(trainee: Trainee) -> QuerySet[TrainingClass]:
    # the trainee of a check-in made before there was a trainee is found by the account of its sign-up
    mine = Q(meetings__check_ins__trainee=trainee)
    if trainee.user_id is not None:
        mine |= Q(meetings__check_ins__sign_up__user=trainee.user_id)
    came = Count("meetings", distinct=True, filter=mine & Q(meetings__check_ins__standing=COUNTS))
    found = TrainingClass.objects.annotate(planned=Count("meetings", distinct=True), came=came)
    needed = Coalesce("meetings_needed", F("planned"))
    return found.filter(came__gte=1).filter(Q(came__gte=needed) | Q(came__gte=F("planned")))
