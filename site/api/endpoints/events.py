"""Events: read by everybody, recorded and corrected by programs of the member whose batch it is."""

from datetime import UTC
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from api.endpoints.finding import batch_named, own_batch
from api.gate import Token, token_of
from api.models import Scope
from api.once import once
from api.paging import cut, next_page, whole_number
from api.problems import Problem
from api.schemas.events import CorrectionIn, EventFacts, EventIn, EventOut, EventsOut, ItemIn
from api.schemas.problem import PROBLEMS, ProblemOut
from record.events.items import Item
from record.events.recording import EventRefused, NotCorrectable, correct_event, record_event
from record.models import Event

router = Router(tags=["events"], auth=Token(Scope.EVENTS))
MOST = 100
_ANSWERS = {201: EventOut, PROBLEMS: ProblemOut}


@router.get(
    "/{gtin}/{lot}/events", auth=None, response={200: EventsOut, PROBLEMS: ProblemOut}, url_name="events"
)
def list_events(
    request: HttpRequest,
    response: HttpResponse,
    *,
    gtin: str,
    lot: str,
    after: str = "0",
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> EventsOut:
    """List the events of a batch in the order they were recorded, with the hashes that chain them."""
    batch = batch_named(gtin, lot)
    found = Event.objects.filter(batch=batch, sequence__gt=whole_number(after)).order_by("sequence")
    events, more = cut(found.select_related("responsible", "corrects")[: limit + 1], limit)
    following = next_page(request, response, events[-1].sequence) if more else None
    return EventsOut(items=[EventOut.of(event) for event in events], next=following)


@router.post("/{gtin}/{lot}/events", response=_ANSWERS, url_name="record-event")
def post_event(request: HttpRequest, gtin: str, lot: str, body: EventIn) -> HttpResponse:
    """Record an event of a batch. What was recorded stays; a mistake is corrected by a further event."""

    def act() -> tuple[int, EventOut]:
        batch = own_batch(request, gtin, lot)
        try:
            event = record_event(
                batch=batch,
                recorded_at=timezone.now(),
                responsible=token_of(request).member,
                source=Event.Source.API,
                **_facts(body),
            )
        except EventRefused as error:
            raise _refused(error) from error
        return 201, EventOut.of(event)

    return once(request, act)


@router.post("/{gtin}/{lot}/events/{int:sequence}/corrections", response=_ANSWERS, url_name="correct-event")
def post_correction(
    request: HttpRequest, gtin: str, lot: str, sequence: int, body: CorrectionIn
) -> HttpResponse:
    """Correct an event: a further event that says what holds and why. The public page shows both."""

    def act() -> tuple[int, EventOut]:
        batch = own_batch(request, gtin, lot)
        event = Event.objects.filter(batch=batch, sequence=sequence).select_related("batch__product").first()
        if event is None:
            raise Problem(404, "no_such_event", _("The batch has no event with that number."))
        facts = {"source": Event.Source.API, **_facts(body)}
        try:
            correction = correct_event(event=event, recorded_at=timezone.now(), **facts)
        except NotCorrectable as error:
            detail = _("A correction is not corrected itself: correct the event it is about.")
            raise Problem(422, "not_correctable", detail) from error
        except EventRefused as error:
            raise _refused(error) from error
        return 201, EventOut.of(correction)

    return once(request, act)


def _facts(body: EventFacts) -> dict[str, Any]:
    """Return what was given, as arguments of `record_event`."""
    given = {name: getattr(body, name) for name in body.model_fields_set}
    facts = {name: value for name, value in given.items() if value is not None}
    if "at" in facts:
        facts["at"] = facts["at"].astimezone(UTC)
    items = {name: _items(facts[name]) for name in ("inputs", "outputs") if name in facts}
    return facts | items


def _items(items: list[ItemIn]) -> list[Item]:
    return [
        Item(item.what, f"{item.quantity:f}" if item.quantity is not None else "", item.unit)
        for item in items
    ]


def _refused(error: EventRefused) -> Problem:
    return Problem(422, "event_refused", _("The event cannot be recorded like that."), errors=error.reasons)
