"""Batches and what happened to them, written in the order it happened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from demo.load.county import County
from demo.load.papers import certify, enter_report, enter_test
from demo.load.runs import fill_cartons, issue_run
from record.codes.activation import activate_codes
from record.events.items import Item, parse_items
from record.events.recording import Photo, correct_event, record_event
from record.models import Batch, BatchInput, Event
from record.recall.act import recall_batch

WRITTEN_AFTER = timedelta(minutes=20)  # when somebody in a field gets round to recording it
REPORTED_AT, CERTIFIED_AT, CODES_AT, ACTIVATED_AT, RECALLED_AT = "16:40", "17:00", "17:30", "18:00", "19:00"


def add_batches(county: County) -> None:
    """Add the county's batches, each with its whole story."""
    for words in county.content("batches")["batch"]:
        batch = county.batches[words["key"]] = _add_batch(county, words)
        for step in sorted(_Story(county, batch, words).steps(), key=lambda step: step.at):
            step.act(step.at)
        batch.refresh_from_db()


def _add_batch(county: County, words: dict[str, Any]) -> Batch:
    calendar = county.calendar
    days = {name: words[name] for name in ("planted", "harvested", "packed") if name in words}
    batch = Batch.objects.create(
        product=county.products[words["product"]],
        base=county.bases[words["base"]],
        lot=words["lot"].format(**{name: calendar.day(count) for name, count in days.items()}),
        plot=words["plot"],
        planted_on=calendar.optional_day(words.get("planted")),
        harvested_on=calendar.optional_day(words.get("harvested")),
        quantity=Decimal(words["quantity"]),
        unit=words["unit"],
    )
    for source in words.get("sources", []):
        BatchInput.objects.create(batch=batch, source=county.batches[source])
    return batch


@dataclass
class _Step:
    at: datetime
    act: Callable[[datetime], object]


@dataclass
class _Story:
    """The life of one batch as steps in time: events, corrections, papers, codes, recall."""

    county: County
    batch: Batch
    words: dict[str, Any]
    events: dict[str, Event] = field(default_factory=dict)

    def steps(self) -> list[_Step]:
        """Return everything that happened, in no order."""
        found = [self._step(words, self._record) for words in self.words["event"]]
        found += [self._step(words, self._correct) for words in self.words.get("correction", [])]
        if paper := self.words.get("certificate"):
            found.append(self._step({"days": paper["issued"], "time": CERTIFIED_AT, **paper}, self._certify))
        if test := self.words.get("residue_test"):
            found.append(self._step({"days": test["tested"], **test}, self._test))
        if report := self.words.get("laboratory_report"):
            found.append(self._step({"days": report["issued"], "time": REPORTED_AT, **report}, self._report))
        return found + list(self._codes()) + list(self._recall())

    def _step(self, words: dict[str, Any], act: Callable[[datetime, dict[str, Any]], object]) -> _Step:
        at = self.county.calendar.moment(words["days"], words["time"])
        return _Step(at, lambda at: act(at, words))

    def _record(self, at: datetime, words: dict[str, Any]) -> None:
        member = words.get("responsible")
        event = record_event(
            batch=self.batch,
            stage=words["stage"],
            title=words["title"],
            at=at,
            recorded_at=at + WRITTEN_AFTER,
            place=words.get("place", ""),
            actor=words.get("actor", ""),
            responsible=self.county.members[member] if member else None,
            attested_by=words.get("attested_by", ""),
            inputs=_items(words.get("inputs", [])),
            outputs=_items(words.get("outputs", [])),
            note=words.get("note", ""),
            photos=self._photos(at, words),
            step=words["step"],
            source=words.get("source", Event.Source.DESK),
            **_position(words),
        )
        self.events[words.get("id", "")] = event

    def _photos(self, at: datetime, words: dict[str, Any]) -> list[Photo]:
        if "photo" not in words:
            return []
        image = self.county.pictures[words["photo"]]
        return [Photo(image=image, caption=words["photo_caption"], taken_at=at + timedelta(minutes=3))]

    def _correct(self, at: datetime, words: dict[str, Any]) -> None:
        changes: dict[str, Any] = {name: words[name] for name in ("note",) if name in words}
        changes |= {name: _items(words[name]) for name in ("inputs", "outputs") if name in words}
        if moved := words.get("moved_to"):
            changes["at"] = self.county.calendar.moment(moved["days"], moved["time"])
        original = self.events[words["corrects"]]
        correct_event(event=original, reason=words["reason"], recorded_at=at, **changes)

    def _certify(self, at: datetime, words: dict[str, Any]) -> None:
        certify(batch=self.batch, words=words, at=at)

    def _test(self, at: datetime, words: dict[str, Any]) -> None:
        enter_test(county=self.county, batch=self.batch, words=words, at=at)

    def _report(self, at: datetime, words: dict[str, Any]) -> None:
        enter_report(batch=self.batch, words=words, at=at)

    def _codes(self) -> list[_Step]:
        words = self.words.get("codes")
        if not words:
            return []
        calendar, activated = self.county.calendar, words["activated"]
        serials: list[str] = []

        def issue(at: datetime) -> None:
            serials.extend(issue_run(batch=self.batch, words=words, at=at))

        def activate(at: datetime) -> None:
            activate_codes(batch=self.batch, serials=serials[:activated], at=at)
            if size := words.get("carton"):
                fill_cartons(batch=self.batch, serials=serials[:activated], capacity=size, at=at)

        packed = min(step["days"] for step in self.words["event"] if step["stage"] == "processing")
        found = [_Step(calendar.moment(packed, CODES_AT), issue)]
        if activated:
            found.append(_Step(calendar.moment(words["activated_days"], ACTIVATED_AT), activate))
        return found

    def _recall(self) -> list[_Step]:
        if "recalled" not in self.words:
            return []
        reason, advice = self.words["recall_reason"], self.words["recall_advice"]
        at = self.county.calendar.moment(self.words["recalled"], RECALLED_AT)
        return [_Step(at, lambda at: recall_batch(batch=self.batch, reason=reason, advice=advice, at=at))]


def _items(lines: list[str]) -> list[Item]:
    return parse_items("\n".join(lines))


def _position(words: dict[str, Any]) -> dict[str, Any]:
    """Return where the phone said it was, for events that were recorded in the field."""
    if "position" not in words:
        return {}
    latitude, longitude = map(Decimal, words["position"])
    return {"latitude": latitude, "longitude": longitude}
