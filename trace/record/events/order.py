"""The order of dates in the life of a batch: what cannot have been before what. Pure.

Only what is impossible is refused. Storage may come before processing (apples wait for the sorting line)
and a journey before it (raw goods go to a workshop), so those pairs carry no rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.models import Event

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Stage = Event.Stage

# A stage, and the stages whose first event cannot be later than its own.
NOT_BEFORE: dict[str, tuple[str, ...]] = {
    Stage.PRODUCTION: (Stage.PLANTING,),
    Stage.PROCESSING: (Stage.PLANTING, Stage.PRODUCTION),
    Stage.STORAGE: (Stage.PLANTING, Stage.PRODUCTION),
    Stage.CIRCULATION: (Stage.PLANTING, Stage.PRODUCTION),
    Stage.SALE: (Stage.PLANTING, Stage.PRODUCTION, Stage.PROCESSING),
    Stage.SERVICE: (Stage.PLANTING, Stage.PRODUCTION, Stage.PROCESSING, Stage.SALE),
}
AFTER_HARVEST = {Stage.PROCESSING, Stage.STORAGE, Stage.CIRCULATION, Stage.SALE, Stage.SERVICE}
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something of a stage happened."""

    stage: str
    at: datetime


def future_conflicts(moment: Moment, *, now: datetime) -> list[Promise]:
    """Return why `moment` cannot be recorded yet."""
    if moment.at <= now + CLOCKS_DIFFER:
        return []
    return [_("It lies in the future. An event is recorded once it has happened.")]


def first_moments(moments: Iterable[Moment]) -> dict[str, datetime]:
    """Return when each stage began."""
    firsts: dict[str, datetime] = {}
    for moment in moments:
        firsts[moment.stage] = min(moment.at, firsts.get(moment.stage, moment.at))
    return firsts


def date_conflicts(moment: Moment, *, planted_on: date | None, harvested_on: date | None) -> list[Promise]:
    """Return what the dates of the batch say against `moment`."""
    found: list[Promise] = []
    day = timezone.localtime(moment.at).date()
    if planted_on and moment.stage != Stage.PLANTING and day < planted_on:
        text = _("Planting was on {planted}; what happened on {day} cannot have been before.")
        found.append(format_lazy(text, planted=f"{planted_on:%Y-%m-%d}", day=f"{day:%Y-%m-%d}"))
    if harvested_on and moment.stage in AFTER_HARVEST and day < harvested_on:
        text = _("The harvest was on {harvested}; what happened on {day} cannot have been before.")
        found.append(format_lazy(text, harvested=f"{harvested_on:%Y-%m-%d}", day=f"{day:%Y-%m-%d}"))
    return found


def stage_conflicts(moment: Moment, *, firsts: Mapping[str, datetime]) -> Iterator[Promise]:
    """Yield what the beginnings of the other stages (`first_moments`) say against `moment`."""
    for stage in NOT_BEFORE.get(moment.stage, ()):
        if stage in firsts and moment.at < firsts[stage]:
            text = _("{stage} of this batch began on {day}; this cannot have been before.")
            yield _before(text, timezone.localtime(firsts[stage]).date(), stage=Stage(stage).label)
    own_first = min(moment.at, firsts.get(moment.stage, moment.at))
    for stage, first in firsts.items():
        if moment.stage in NOT_BEFORE.get(stage, ()) and own_first > first:
            text = _("{stage} of this batch is recorded on {day}; this cannot have begun after it.")
            yield _before(text, timezone.localtime(first).date(), stage=Stage(stage).label)


def _before(text: "_StrPromise", day: date, **names: object) -> Promise:
    return format_lazy(text, day=f"{day:%Y-%m-%d}", **names)
