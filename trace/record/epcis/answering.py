"""Answering an EPCIS query: one page of events, and where the next one begins.

A page costs three queries (events, corrections of them, input lots), and up to two more for packages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet

from record.epcis.access import Reader
from record.epcis.events import epcis_event
from record.epcis.identifiers import ANY, Pattern
from record.epcis.packages import cartons_named, codes_named, package_events
from record.epcis.parameters import BadParameter, Question
from record.epcis.vocabulary import meant_by
from record.models import Batch, BatchInput, Code, Event

_SALT = "record.epcis.page"
_RELATED = ("batch__product", "batch__base", "responsible", "corrects")
_NOTHING = Q(pk__in=[])
TRANSFORMING = Q(stage=Event.Stage.PROCESSING, corrects=None, mixes=True, processed_before=False)


class NeedsToken(PermissionError):
    """Single packages were asked for by somebody who may not see them."""


@dataclass(frozen=True, slots=True)
class Page:
    """Events of one page, and the token of the next ("" when there is none)."""

    events: list[dict[str, Any]]
    next_token: str


def answer(question: Question, *, reader: Reader) -> Page:
    """Return the page that is asked for.

    Raises:
        BadParameter: the page token belongs to another question.
        NeedsToken: `MATCH_epc` names a package or a carton and `reader` may not see serials.
    """
    skip, after = _read_token(question)
    packages = [event for event in _packages(question, reader) if _fits(event, question)]
    shown = packages[skip : skip + question.per_page]
    room = question.per_page - len(shown)
    rows = _rows(question, after)[: room + 1]
    lots, more = list(rows)[:room], len(rows) > room
    if not more and skip + len(shown) >= len(packages):
        return Page(shown + list(_lot_events(lots)), "")
    last = lots[-1] if lots else None
    position = [_key(last, question), last.pk] if last else after
    token = signing.dumps([skip + len(shown), position, question.asked], salt=_SALT, compress=True)
    return Page(shown + list(_lot_events(lots)), token)


def _lot_events(rows: list[Event]) -> Iterator[dict[str, Any]]:
    corrections: dict[int | None, list[Event]] = defaultdict(list)
    for fix in Event.objects.select_related(*_RELATED).filter(corrects__in=rows) if rows else ():
        corrections[fix.corrects_id].append(fix)
    sources = _sources(row for row in rows if row.transforms)  # type: ignore[attr-defined]
    for row in rows:
        mixed = sources.get(row.batch_id, ()) if row.transforms else ()  # type: ignore[attr-defined]
        yield epcis_event(row, sources=mixed, corrections=corrections[row.pk])


def _sources(rows: Iterable[Event]) -> dict[int, list[Batch]]:
    batches = {row.batch_id for row in rows}
    found: dict[int, list[Batch]] = defaultdict(list)
    links = BatchInput.objects.select_related("source__product").filter(batch__in=batches).order_by("pk")
    for link in links if batches else ():
        found[link.batch_id].append(link.source)
    return found


def _rows(question: Question, after: list[Any]) -> QuerySet[Event]:
    """Return the events of lots that fit, from behind `after` on."""
    field = {"eventTime": "at", "recordTime": "recorded_at"}[question.order_by]
    earlier = Event.objects.filter(
        batch=OuterRef("batch"),
        stage=Event.Stage.PROCESSING,
        corrects=None,
        sequence__lt=OuterRef("sequence"),
    )
    events = Event.objects.select_related(*_RELATED).annotate(
        mixes=Exists(BatchInput.objects.filter(batch=OuterRef("batch"))), processed_before=Exists(earlier)
    )
    events = events.annotate(transforms=TRANSFORMING).filter(_about(question), *_conditions(question))
    if after:
        compare = "lt" if question.descending else "gt"
        moment = datetime.fromisoformat(after[0])
        events = events.filter(
            Q(**{f"{field}__{compare}": moment}) | Q(**{field: moment, f"pk__{compare}": after[1]})
        )
    sign = "-" if question.descending else ""
    return events.order_by(f"{sign}{field}", f"{sign}pk")


def _about(question: Question) -> Q:
    """Return the condition on which things the events are about."""
    about = Q()
    if question.epcs is not None:
        about &= _classes(question.epcs, packages=False)
    if question.any_epcs is not None:
        about &= _classes(question.any_epcs, packages=True)
    if question.classes is not None:
        about &= _classes(question.classes, packages=False)
    return about


def _classes(patterns: Iterable[Pattern], *, packages: bool) -> Q:
    """Return the condition on lots; with `packages` the lots of named packages fit as well."""
    found = _NOTHING
    for pattern in patterns:
        if pattern.gtin and not pattern.serial:
            lot = Q() if pattern.lot in {"", ANY} else Q(batch__lot=pattern.lot)
            found |= Q(batch__product__gtin=pattern.gtin) & lot
        elif pattern.serial and packages:
            codes = Code.objects.filter(serial=pattern.serial, product__gtin=pattern.gtin)
            found |= Q(batch__in=codes.exclude(batch=None).values("batch"))
    return found


def _conditions(question: Question) -> Iterator[Q]:
    times = {
        "at__gte": question.event_from,
        "at__lt": question.event_before,
        "recorded_at__gte": question.record_from,
        "recorded_at__lt": question.record_before,
    }
    yield Q(**{name: moment for name, moment in times.items() if moment is not None})
    for field, words in (("biz_step", question.steps), ("disposition", question.dispositions)):
        if words is not None:
            yield _meant(field, set(words))
    if question.actions is not None:
        yield _meant("action", set(question.actions)) & ~Q(transforms=True)
    if question.types is not None:
        plain = ~Q(transforms=True) if "ObjectEvent" in question.types else _NOTHING
        yield plain | (Q(transforms=True) if "TransformationEvent" in question.types else _NOTHING)


def _meant(field: str, words: set[str]) -> Q:
    steps, stages = meant_by(field, words)
    return Q(step__in=steps) | Q(step="", stage__in=stages)


def _packages(question: Question, reader: Reader) -> list[dict[str, Any]]:
    """Return the events of the packages and cartons that are named, to who may see them."""
    named = [*(question.epcs or ()), *(question.any_epcs or ())]
    serials = [(pattern.gtin, pattern.serial) for pattern in named if pattern.serial not in {"", ANY}]
    cartons = [pattern.sscc for pattern in named if pattern.sscc]
    if not serials and not cartons:
        return []
    if not reader.sees_serials:
        if any(pattern.serial or pattern.sscc for pattern in question.epcs or ()):
            raise NeedsToken
        return []
    return package_events(
        codes_named(serials, member=reader.member_id) if serials else (),
        cartons_named(cartons, member=reader.member_id) if cartons else (),
    )


def _fits(event: dict[str, Any], question: Question) -> bool:
    """Tell whether the event of a package fits what else is asked."""
    at = datetime.fromisoformat(event["eventTime"])
    checks = (
        question.classes is None,
        question.event_from is None or at >= question.event_from,
        question.event_before is None or at < question.event_before,
        question.record_from is None or at >= question.record_from,
        question.record_before is None or at < question.record_before,
        question.steps is None or event["bizStep"] in question.steps,
        question.dispositions is None or event["disposition"] in question.dispositions,
        question.actions is None or event["action"] in question.actions,
        question.types is None or event["type"] in question.types,
    )
    return all(checks)


def _key(row: Event, question: Question) -> str:
    return (row.at if question.order_by == "eventTime" else row.recorded_at).isoformat()


def _read_token(question: Question) -> tuple[int, list[Any]]:
    if not question.page_token:
        return 0, []
    try:
        skip, after, asked = signing.loads(question.page_token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise BadParameter("nextPageToken is not one of ours") from error
    if asked != question.asked:
        raise BadParameter("nextPageToken belongs to another query")
    return skip, after
