"""The sums a page and a spreadsheet show, in their order and with their words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from training.courses.kinds import Kind
from training.figures.outcomes import Outcomes, outcomes
from training.figures.person_times import OFF_LINE, ON_LINE, STREAM, PersonTimes, person_times
from training.figures.scope import Scope
from training.figures.targets import TrainingTarget
from training.models import Trainee

FORMS: dict[str, Promise] = {
    OFF_LINE: pgettext_lazy("person-times", "off-line"),
    STREAM: pgettext_lazy("person-times", "live stream"),
    ON_LINE: pgettext_lazy("person-times", "on-line courses"),
}
NOT_SAID = gettext_lazy("not said")


@dataclass(frozen=True, slots=True)
class KindSum:
    """One kind: person-times by form, what was promised, and for the bar both out of the largest."""

    key: str
    name: str
    forms: tuple[int, ...]
    count: int
    promised: int
    sources: tuple[str, ...]
    bar: int
    mark: int

    @property
    def missing(self) -> int:
        """How many are left to do."""
        return max(0, self.promised - self.count)

    @property
    def percent(self) -> int | None:
        """How much of what was promised is done; None where nothing was."""
        return round(100 * self.count / self.promised) if self.promised else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything of one question."""

    scope: Scope
    kinds: list[KindSum]
    groups: list[tuple[str, int]]
    places: list[tuple[str, int]]
    months: list[tuple[str, int]]
    outcomes: Outcomes

    @property
    def total(self) -> int:
        """All person-times."""
        return sum(kind.count for kind in self.kinds)

    @property
    def promised(self) -> int:
        """All person-times that were promised."""
        return sum(kind.promised for kind in self.kinds)

    @property
    def most_in_a_month(self) -> int:
        """The height of the chart of months."""
        return max((count for _month, count in self.months), default=0)


def figures_of(scope: Scope) -> Figures:
    """Return the figures. 9 queries, however many people there are."""
    counted = person_times(scope)
    names = dict(Trainee.Group.choices)
    return Figures(
        scope=scope,
        kinds=_kinds(scope, counted),
        groups=[(str(names.get(key, NOT_SAID)), count) for key, count in counted.by("group").most_common()],
        places=[(key or str(NOT_SAID), count) for key, count in counted.by("place").most_common()],
        months=sorted(counted.by("month").items()),
        outcomes=outcomes(scope),
    )


def _kinds(scope: Scope, counted: PersonTimes) -> list[KindSum]:
    promised = _promised(scope)
    sums = {(part.kind, part.form): 0 for part in counted.parts}
    for part in counted.parts:
        sums[part.kind, part.form] += part.count
    asked = [kind for kind in Kind if not scope.kind or kind == scope.kind]
    rows = [
        (kind, tuple(sums.get((kind, form), 0) for form in FORMS), promised.get(kind, [])) for kind in asked
    ]
    longest = max((max(sum(forms), _sum(targets)) for _kind, forms, targets in rows), default=0) or 1
    return [
        KindSum(
            key=kind.value,
            name=str(kind.label),
            forms=forms,
            count=sum(forms),
            promised=_sum(targets),
            sources=tuple(target.source for target in targets),
            bar=round(100 * sum(forms) / longest),
            mark=round(100 * _sum(targets) / longest),
        )
        for kind, forms, targets in rows
    ]


def _promised(scope: Scope) -> dict[str, list[TrainingTarget]]:
    """Return the targets whose days the period touches, by kind: a part of a project counts towards it."""
    rows = TrainingTarget.objects.filter(since__lte=scope.until, until__gte=scope.since)
    if scope.region:
        rows = rows.filter(region=scope.region)
    found: dict[str, list[TrainingTarget]] = {}
    for target in rows:
        found.setdefault(target.kind, []).append(target)
    return found


def _sum(targets: list[TrainingTarget]) -> int:
    return sum(target.person_times for target in targets)


def said_percent(percent: int | None) -> str:
    """Return a share in words for people: `85 %`, or that there was nothing."""
    return _("none yet") if percent is None else f"{percent} %"
