"""Certificates of a class: who has one, who gets one now, and what the others still lack."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from brand.models import SignUp
from training.certificates.certificate import Certificate
from training.certificates.issuing import NotDue, settle
from training.certificates.rules import missing
from training.classes.people import Person, people_of
from training.classes.training_class import TrainingClass
from training.models import Enrolment


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person with a place: the newest certificate of the course they had, or what is missing for one."""

    name: str
    enrolment: Enrolment | None
    certificate: Certificate | None = None
    missing: list[str] = field(default_factory=list)

    @property
    def is_due(self) -> bool:
        """Whether all rules hold and there was no certificate yet."""
        return self.certificate is None and not self.missing


def candidates_of(training_class: TrainingClass) -> list[Candidate]:
    """Return everybody with a place, by name. 6 queries, and those of the rules for who has none yet."""
    people = [each for each in people_of(training_class) if each.sign_up.state == SignUp.State.GOING]
    trainees = [each.trainee for each in people if each.trainee]
    rows = Enrolment.objects.filter(course=training_class.course_id, trainee__in=trainees)
    enrolments = {each.trainee_id: each for each in rows.select_related("trainee", "course")}
    had = Certificate.objects.filter(enrolment__in=enrolments.values()).order_by("issued_at", "pk")
    certificates = {each.enrolment_id: each for each in had}
    found = [_candidate(each, enrolments, certificates) for each in people]
    return sorted(found, key=lambda each: each.name)


def issue_for_class(*, training_class: TrainingClass, by: User, at: datetime) -> int:
    """Issue to everybody who has a place, meets all rules and had none; return how many.

    Who meets the rules gets the certificate by itself within the day; this is for handing them out at once.
    """
    count = 0
    for each in candidates_of(training_class):
        if each.is_due and each.enrolment:
            try:
                count += settle(each.enrolment, at=at, by=by) is not None
            except NotDue:  # left the course while we looked
                continue
    return count


def _candidate(
    person: Person, enrolments: dict[int, Enrolment], certificates: dict[int, Certificate]
) -> Candidate:
    trainee = person.trainee
    name = (trainee.name if trainee else "") or person.sign_up.name or "—"
    if trainee is None:
        return Candidate(name, None, None, [_("No account yet: who signs in with this number can enrol.")])
    enrolment = enrolments.get(trainee.pk)
    if enrolment is None:
        return Candidate(name, None, None, [_("Not enrolled in the course.")])
    if certificate := certificates.get(enrolment.pk):
        return Candidate(name, enrolment, certificate)
    return Candidate(name, enrolment, None, [str(sentence) for sentence in missing(enrolment)])
