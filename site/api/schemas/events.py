"""Events on the wire."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from ninja import Field, Schema
from pydantic import AwareDatetime

from api.schemas.batches import Strict
from record.models import Event

_NAMED = {"responsible", "corrects"}


class ItemIn(Strict):
    """An amount of something that went in or came out."""

    what: Annotated[str, Field(min_length=1, max_length=60)]
    quantity: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)] | None = None
    unit: Annotated[str, Field(max_length=16)] = ""


Items = Annotated[list[ItemIn], Field(max_length=20)]
Stage = Literal[tuple(Event.Stage.values)]  # type: ignore[valid-type]
Step = Literal[("", *Event.Step.values)]  # type: ignore[valid-type]
Degrees = Annotated[Decimal, Field(max_digits=8, decimal_places=5)]


class EventFacts(Strict):
    """What an event may say."""

    step: Step | None = None
    place: Annotated[str, Field(max_length=80)] | None = None
    latitude: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Degrees, Field(ge=-180, le=180)] | None = None
    actor: Annotated[str, Field(max_length=60)] | None = None
    attested_by: Annotated[str, Field(max_length=60)] | None = None
    inputs: Items | None = None
    outputs: Items | None = None
    note: Annotated[str, Field(max_length=500)] | None = None


class EventIn(EventFacts):
    """An event to record. The member of the token answers for it."""

    stage: Stage  # type: ignore[valid-type]
    title: Annotated[str, Field(min_length=1, max_length=60)]
    at: AwareDatetime


class CorrectionIn(EventFacts):
    """What an event should have said, and why; what is left out holds as it was."""

    reason: Annotated[str, Field(min_length=1, max_length=200)]
    stage: Stage | None = None  # type: ignore[valid-type]
    title: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    at: AwareDatetime | None = None


class ItemOut(Schema):
    """An amount of something."""

    what: str
    quantity: str = ""
    unit: str = ""
    registration: str = ""
    safety_days: int | None = None


class EventOut(Schema):
    """An event as it was recorded. A correction is an event that names the one it corrects."""

    sequence: int
    stage: str
    step: str
    title: str
    at: datetime
    place: str
    latitude: Decimal | None
    longitude: Decimal | None
    actor: str
    responsible: str
    attested_by: str
    inputs: list[ItemOut]
    outputs: list[ItemOut]
    note: str
    corrects: int | None
    reason: str
    source: str
    recorded_at: datetime
    previous_hash: str
    hash: str

    @classmethod
    def of(cls, event: Event) -> Self:
        """Return an event that comes with whom it names and what it corrects."""
        plain = {name: getattr(event, name) for name in cls.model_fields if name not in _NAMED}
        named: dict[str, Any] = {
            "responsible": event.responsible.name if event.responsible else "",
            "corrects": event.corrects.sequence if event.corrects else None,
        }
        return cls(**plain, **named)


class EventsOut(Schema):
    """A page of events, in the order they were recorded."""

    items: list[EventOut]
    next: str | None = None
