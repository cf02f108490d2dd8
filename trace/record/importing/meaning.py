"""What a line means: cells become the arguments of `record_event`, or sentences about what is wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from brand.models import Member
from lib.gtin import to_gtin14
from record.events.items import InvalidItem, parse_items
from record.importing.columns import ALSO_WRITTEN, LABELS, STAGE_OF
from record.importing.sheet import Line
from record.models import Batch, Event

_LONGEST = {"title": 60, "place": 80, "actor": 60, "attested_by": 60, "note": 500}
_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\sT]*(?:(\d{1,2})[:：时](\d{1,2})?(?:[:：]\d{1,2})?分?)?"
)
_NOON = 12  # the hour of a day without one


@dataclass(slots=True)
class Meaning:
    """A line understood: the batch, the facts, and what is wrong with it."""

    batch: Batch | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[Promise | str] = field(default_factory=list)


class Reader:
    """Reads lines, with the batches and members they name looked up at once (two queries)."""

    def __init__(self, lines: Iterable[Line]) -> None:
        cells = [line.cells for line in lines]
        lots = {each.get("lot", "").upper() for each in cells}
        batches = Batch.objects.filter(lot__in=lots).select_related("product__region", "base")
        self.batches: dict[str, list[Batch]] = {}
        for batch in batches:
            self.batches.setdefault(batch.lot, []).append(batch)
        self.members = _members({each["responsible"] for each in cells if "responsible" in each})

    def read(self, line: Line) -> Meaning:
        """Return what the line means."""
        meaning = Meaning()
        for act in (self._batch, _work, _moment, _words, self._responsible, _items):
            act(meaning, line.cells)
        return meaning

    def _batch(self, meaning: Meaning, cells: Mapping[str, str]) -> None:
        found = self.batches.get(cells.get("lot", "").upper(), [])
        if gtin := cells.get("gtin"):
            try:
                gtin14 = to_gtin14(gtin)
            except ValueError:
                meaning.problems.append(_problem("gtin", _("{value} is no GTIN"), gtin))
                return
            found = [batch for batch in found if batch.product.gtin == gtin14]
        if len(found) == 1:
            meaning.batch = found[0]
        elif found:
            meaning.problems.append(
                _problem("lot", _("{value} is a lot of several products; give the GTIN"), cells["lot"])
            )
        else:
            meaning.problems.append(_problem("lot", _("there is no batch {value}"), cells.get("lot", "")))

    def _responsible(self, meaning: Meaning, cells: Mapping[str, str]) -> None:
        name = cells.get("responsible")
        if not name:
            return
        if name in self.members:
            meaning.facts["responsible"] = self.members[name]
        else:
            meaning.problems.append(_problem("responsible", _("there is no member {value}"), name))


def _work(meaning: Meaning, cells: Mapping[str, str]) -> None:
    """Read stage and kind of work; the second tells the first where only it is given."""
    step = _choice(meaning, cells, "step", Event.Step)
    stage = _choice(meaning, cells, "stage", Event.Stage) or STAGE_OF.get(step, "")  # type: ignore[call-overload]
    if not stage and "stage" not in cells:
        meaning.problems.append(_problem("stage", _("say the stage, or the kind of work")))
    meaning.facts |= {"stage": stage, "step": step}


def _choice(meaning: Meaning, cells: Mapping[str, str], name: str, choices: Any) -> str:
    text = cells.get(name, "")
    if not text:
        return ""
    value = _values(choices).get(text.lower(), "")
    if not value:
        known = ", ".join(str(label) for label in choices.labels)
        meaning.problems.append(_problem(name, _("{value} is none of: {known}"), text, known=known))
    return value


@cache
def _values(choices: Any) -> dict[str, str]:
    """Return the values of choices by key and by their names in every language of the site."""
    found = {value: value for value in choices.values}
    if choices is Event.Step:
        found |= ALSO_WRITTEN
    for language in ("en", "zh-hans"):
        with translation.override(language):
            found |= {str(label).lower(): value for value, label in choices.choices}
    return found


def _moment(meaning: Meaning, cells: Mapping[str, str]) -> None:
    text = cells.get("at", "")
    match = _MOMENT.fullmatch(text)
    try:
        year, month, day, hour, minute = match.groups() if match else ()
        moment = datetime(int(year), int(month), int(day), int(hour or _NOON), int(minute or 0))  # noqa: DTZ001 - made aware below
        meaning.facts["at"] = timezone.make_aware(moment)
    except ValueError:
        meaning.problems.append(_problem("at", _("{value} is no date like 2026-08-26 08:15"), text))


def _words(meaning: Meaning, cells: Mapping[str, str]) -> None:
    for name, longest in _LONGEST.items():
        text = cells.get(name, "")
        if len(text) > longest:
            meaning.problems.append(_problem(name, _("longer than {longest} characters"), longest=longest))
        meaning.facts[name] = text
    if not meaning.facts["title"]:
        meaning.problems.append(_problem("title", _("say what was done")))


def _items(meaning: Meaning, cells: Mapping[str, str]) -> None:
    for name in ("inputs", "outputs"):
        lines = re.sub(r"[;；]", "\n", cells.get(name, ""))
        try:
            meaning.facts[name] = parse_items(lines)
        except InvalidItem as error:
            meaning.problems.append(_problem(name, _("too long: {value}"), str(error)[:40]))


def _members(names: set[str]) -> dict[str, Member]:
    members = Member.objects.filter(Q(name__in=names) | Q(credit_code__in=names))
    found = {member.name: member for member in members}
    return found | {member.credit_code: member for member in members if member.credit_code}


def _problem(name: str, text: Any, value: str = "", **more: Any) -> Promise:
    return format_lazy("{label}: {text}", label=LABELS[name], text=format_lazy(text, value=value, **more))
