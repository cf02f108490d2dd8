"""Person-times (人次), counted as the counties' plans count them: heads by occasion, not people.

- A class that was held (`held`: never one that was called off), off-line or streamed: one for each sign-up
  with a check-in that counts, however many meetings the class has; it counts on the day the class begins.
  Documents 000 and 002 give classes of one to seven days one person-time a head.
- An on-line course: one for each enrolment in which a lesson was done; it counts on the day of the first.
  Enrolling alone is no training.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncMonth

from training.classes.check_ins import CheckIn
from training.figures.held import held_classes
from training.figures.scope import Scope
from training.models import Enrolment

ON_LINE, STREAM, OFF_LINE = "on_line", "live", "room"


@dataclass(frozen=True, slots=True)
class Part:
    """So many person-times that have everything in common that is told apart."""

    kind: str
    form: str
    group: str
    place: str
    month: str
    count: int


@dataclass(slots=True)
class PersonTimes:
    """The parts, and their sums by what they are asked for."""

    parts: list[Part] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(part.count for part in self.parts)

    def by(self, name: str) -> Counter[str]:
        """Return the sums by `kind`, `form`, `group`, `place` or `month`."""
        sums: Counter[str] = Counter()
        for part in self.parts:
            sums[getattr(part, name)] += part.count
        return sums


def person_times(scope: Scope) -> PersonTimes:
    """Count. 2 queries, and memory for as many rows as there are different parts."""
    return PersonTimes([*_parts(_in_classes(scope)), *_parts(_in_courses(scope), form=ON_LINE)])


def attended(scope: Scope) -> QuerySet[CheckIn]:
    """Return the check-ins that count, of classes held that began in these days."""
    rows = CheckIn.objects.counting().filter(meeting__training_class__in=held_classes(scope))
    return rows.filter(**_narrowed(scope))


def learnt(scope: Scope) -> QuerySet[Any]:
    """Return the enrolments whose first lesson was done in these days, with `began`, the moment of it."""
    begin, end = scope.moments
    rows = Enrolment.objects.annotate(began=Min("progress__completed_at"))
    rows = rows.filter(scope.of_courses("course"), began__gte=begin, began__lt=end)
    if scope.kind:
        rows = rows.filter(course__kind=scope.kind)
    return rows.filter(**_narrowed(scope))


def _narrowed(scope: Scope) -> dict[str, str]:
    asked = {"trainee__group": scope.group, "trainee__place": scope.place}
    return {name: value for name, value in asked.items() if value}


def _in_classes(scope: Scope) -> Iterable[dict[str, Any]]:
    held = "meeting__training_class"
    rows = attended(scope).order_by().annotate(month=TruncMonth(f"{held}__activity__starts_at"))
    named = rows.values(f"{held}__kind", f"{held}__form", "trainee__group", "trainee__place", "month")
    # one sign-up a person and class: all of its meetings together are one
    for row in named.annotate(heads=Count("sign_up", distinct=True)):
        yield {**row, "kind": row[f"{held}__kind"], "form": row[f"{held}__form"]}


def _in_courses(scope: Scope) -> Iterable[dict[str, Any]]:
    began = Enrolment.objects.filter(pk__in=learnt(scope).values("pk")).order_by()
    first = began.annotate(month=TruncMonth(Min("progress__completed_at")))
    heads: Counter[tuple[Any, ...]] = Counter(
        first.values_list("course__kind", "trainee__group", "trainee__place", "month").iterator(
            chunk_size=2000
        )
    )
    for (kind, group, place, month), count in heads.items():
        yield {"kind": kind, "trainee__group": group, "trainee__place": place, "month": month, "heads": count}


def _parts(rows: Iterable[dict[str, Any]], *, form: str = "") -> Iterable[Part]:
    for row in rows:
        yield Part(
            kind=row["kind"],
            form=form or row["form"],
            group=row["trainee__group"] or "",
            place=row["trainee__place"] or "",
            month=f"{row['month']:%Y-%m}",
            count=row["heads"],
        )
