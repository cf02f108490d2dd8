"""Conflicts: what is known of a batch, and an event or a date that contradicts it.

What somebody enters is refused. What comes in from a spreadsheet or a partner is kept as it came, and the
page shows what it contradicts; later entries are not measured against it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.functional import Promise

from record.events import order
from record.events.history import Entry, Step
from record.events.intervals import Use, interval_conflicts, uses_in
from record.events.items import Item, from_json
from record.models import Batch, Event

TOLERATED = frozenset({Event.Source.IMPORT, Event.Source.PARTNER})
Promises = list[Promise]


@dataclass(frozen=True, slots=True)
class Fact:
    """What an event says that others can contradict."""

    moment: order.Moment
    step: str
    inputs: tuple[Item, ...]
    tolerated: bool

    @property
    def uses(self) -> Iterator[Use]:
        """What was used that asks for a safety interval."""
        return uses_in(self.inputs, at=self.moment.at)

    @property
    def harvests(self) -> list[datetime]:
        """When it was a harvest."""
        return [self.moment.at] if self.step == Event.Step.HARVEST else []


@dataclass(frozen=True, slots=True)
class Known:
    """What holds of a batch: its dates, and what its events say."""

    planted_on: date | None
    harvested_on: date | None
    facts: tuple[Fact, ...]

    def against(self, fact: Fact, *, firsts: Mapping[str, datetime]) -> Promises:
        """Return what contradicts `fact`. `firsts` are the beginnings of the stages."""
        found = order.date_conflicts(fact.moment, planted_on=self.planted_on, harvested_on=self.harvested_on)
        found += order.stage_conflicts(fact.moment, firsts=firsts)
        return found + self._against_interval(fact)

    def _against_interval(self, fact: Fact) -> Promises:
        """Return the harvests inside the interval of this use, and the uses too near to this harvest."""
        found = []
        if uses := list(fact.uses):
            found += interval_conflicts(uses=uses, harvests=self.harvests())
        if harvests := fact.harvests:
            earlier = [use for other in self.facts for use in other.uses]
            found += interval_conflicts(uses=earlier, harvests=harvests)
        return found

    def harvests(self) -> list[datetime]:
        """Return when it was harvested, as events say it and as the batch does."""
        at = [moment for fact in self.facts for moment in fact.harvests]
        days = {timezone.localtime(moment).date() for moment in at}
        if self.harvested_on and self.harvested_on not in days:
            at.append(_end_of(self.harvested_on))
        return at

    def firm(self) -> "Known":
        """Return it without tolerated facts that contradict the rest: nothing is measured against those."""
        trusted = tuple(fact for fact in self.facts if not fact.tolerated)
        if len(trusted) == len(self.facts):
            return self
        base = Known(self.planted_on, self.harvested_on, trusted)
        firsts = order.first_moments(fact.moment for fact in trusted)
        sound = (fact for fact in self.facts if fact.tolerated and not base.against(fact, firsts=firsts))
        return Known(self.planted_on, self.harvested_on, (*trusted, *sound))


def event_conflicts(event: Event, *, batch: Batch, chained: Iterable[Event]) -> Promises:
    """Return, as sentences, what contradicts `event` as the next of `chained` (by sequence)."""
    holding = _holding(chained)
    if event.corrects_id:
        holding.pop(event.corrects_id, None)
    known = Known(batch.planted_on, batch.harvested_on, tuple(holding.values())).firm()
    firsts = order.first_moments(each.moment for each in known.facts)
    return known.against(_fact(event), firsts=firsts)


def date_conflicts(*, batch: Batch, planted_on: date | None, harvested_on: date | None) -> Promises:
    """Return what the recorded events say against these dates of `batch`."""
    facts = [fact for fact in _holding(batch.events.order_by("sequence")).values() if not fact.tolerated]
    found: Promises = []
    for fact in facts:
        found += order.date_conflicts(fact.moment, planted_on=planted_on, harvested_on=harvested_on)
    if harvested_on and not _harvested_that_day(facts, harvested_on):
        uses = [use for fact in facts for use in fact.uses]
        found += interval_conflicts(uses=uses, harvests=[_end_of(harvested_on)])
    return found


def early_harvests(batch: Batch) -> Promises:
    """Return, as sentences, the harvests of `batch` inside a safety interval, whoever told. One query.

    What was taken in as it came counts here: what is sold has to be safe, not only written down without
    contradiction.
    """
    facts = tuple(_holding(batch.events.order_by("sequence")).values())
    uses = [use for fact in facts for use in fact.uses]
    return interval_conflicts(
        uses=uses, harvests=Known(batch.planted_on, batch.harvested_on, facts).harvests()
    )


def shown_conflicts(entries: Iterable[Entry], *, batch: Batch) -> dict[int, tuple[Promise, ...]]:
    """Return what contradicts each entry that was taken in as it came, by the key of its event."""
    facts = {entry.original.pk: _fact_of(entry.current) for entry in entries}
    if not any(fact.tolerated for fact in facts.values()):
        return {}
    known = Known(batch.planted_on, batch.harvested_on, tuple(facts.values())).firm()
    firsts = order.first_moments(fact.moment for fact in known.facts)
    told = {pk: known.against(fact, firsts=firsts) for pk, fact in facts.items() if fact.tolerated}
    return {pk: tuple(reasons) for pk, reasons in told.items() if reasons}


def _holding(chained: Iterable[Event]) -> dict[int, Fact]:
    """Return what holds of each event, by the key of the original: later corrections win."""
    return {event.corrects_id or event.pk: _fact(event) for event in chained}


def _fact(event: Event) -> Fact:
    moment = order.Moment(event.stage, event.at)
    return Fact(moment, event.step, tuple(from_json(event.inputs)), event.source in TOLERATED)


def _fact_of(step: Step) -> Fact:
    return Fact(order.Moment(step.stage, step.at), step.step, step.inputs, step.source in TOLERATED)


def _harvested_that_day(facts: Iterable[Fact], day: date) -> bool:
    """Tell whether an event says when on that day; the hour then decides, not the end of the day."""
    return any(timezone.localtime(at).date() == day for fact in facts for at in fact.harvests)


def _end_of(day: date) -> datetime:
    """Return the last moment of a day whose hour nobody wrote down: the strictest reading of it."""
    return timezone.make_aware(datetime.combine(day, time.max))
