"""What came of the training: who came, completed, passed, and what they do now."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from brand.models import SignUp
from training.figures.held import held_classes
from training.figures.scope import Scope
from training.models import Attempt, Certificate, Enrolment, FollowUp

_UNASKED = ("", FollowUp.Outcome.UNREACHED)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; `percent` is None of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """The share out of a hundred, rounded."""
        return round(100 * self.part / self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Shares by what they say; `became` counts what people do now by `FollowUp.Outcome`."""

    classes: int
    attendance: Share
    completion: Share
    passing: Share
    certificates: int
    asked: Share
    became: dict[str, int]


def outcomes(scope: Scope) -> Outcomes:
    """Count. 6 queries."""
    became = _became(scope)
    return Outcomes(
        classes=held_classes(scope).count(),
        attendance=_attendance(scope),
        completion=_completion(scope),
        passing=_passing(scope),
        certificates=_certificates(scope),
        asked=Share(became.total() - sum(became[outcome] for outcome in _UNASKED), became.total()),
        became={outcome: count for outcome, count in became.items() if outcome},
    )


def _attendance(scope: Scope) -> Share:
    """Return who came, of those who had a place when the class began; people are not told apart by group."""
    places = SignUp.objects.filter(activity__training_class__in=held_classes(scope), state=SignUp.State.GOING)
    found = places.aggregate(
        whole=Count("pk", distinct=True),
        came=Count("pk", distinct=True, filter=Q(check_ins__standing="counts")),
    )
    return Share(found["came"], found["whole"])


def _completion(scope: Scope) -> Share:
    """Return who completed, of those who enrolled in these days."""
    begin, end = scope.moments
    rows = Enrolment.objects.filter(enrolled_at__gte=begin, enrolled_at__lt=end).exclude(state="waiting")
    rows = rows.filter(scope.of_courses("course"), **_person(scope))
    rows = rows.filter(course__kind=scope.kind) if scope.kind else rows
    found = rows.aggregate(whole=Count("pk"), done=Count("pk", filter=Q(completed_at__isnull=False)))
    return Share(found["done"], found["whole"])


def _passing(scope: Scope) -> Share:
    """Return who passed, of those who sat an exam and know the result; one head however many attempts."""
    begin, end = scope.moments
    rows = Attempt.objects.filter(released_at__gte=begin, released_at__lt=end, exam__lesson=None)
    rows = rows.filter(scope.of_courses("exam__course"), **_person(scope))
    rows = rows.filter(exam__course__kind=scope.kind) if scope.kind else rows
    heads = rows.order_by().values("trainee", "exam").annotate(won=Count("pk", filter=Q(passed=True)))
    won = [row["won"] > 0 for row in heads]
    return Share(sum(won), len(won))


def _certificates(scope: Scope) -> int:
    begin, end = scope.moments
    rows = Certificate.objects.valid().filter(issued_at__gte=begin, issued_at__lt=end)
    rows = rows.filter(region=scope.region) if scope.region else rows
    rows = rows.filter(enrolment__course__kind=scope.kind) if scope.kind else rows
    return rows.filter(**{f"enrolment__{name}": value for name, value in _person(scope).items()}).count()


def _became(scope: Scope) -> Counter[str]:
    """Return the follow-ups of these classes that were due by the last day, by outcome; "" is open.

    Asked is only who was reached: who was tried three times in vain stays in the whole.
    """
    due = FollowUp.objects.filter(training_class__in=held_classes(scope), due_on__lte=scope.until)
    rows = due.filter(**_person(scope)).order_by().values_list("outcome").annotate(Count("pk"))
    return Counter(dict(rows))


def _person(scope: Scope) -> dict[str, str]:
    asked = {"trainee__group": scope.group, "trainee__place": scope.place}
    return {name: value for name, value in asked.items() if value}
