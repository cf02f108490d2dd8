"""Batches and their events on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

from api.links import page
from record.models import Batch, Event

Lot = Annotated[str, Field(max_length=20)]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]


class Strict(Schema):
    """A request: a field nobody knows is a mistake of its sender, and said."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class RecallOut(Schema):
    """Buyers are asked to give it back."""

    at: datetime
    reason: str
    advice: str


class BatchOut(Schema):
    """A batch: `<gtin>/<lot>`."""

    gtin: str | None
    lot: str
    product: str
    member: str
    region: str
    base: str
    plot: str
    planted_on: date | None
    harvested_on: date | None
    quantity: Decimal | None
    unit: str
    recall: RecallOut | None
    version: int
    url: str

    @classmethod
    def of(cls, batch: Batch) -> Self:
        """Return a batch that comes with product, member, county and base."""
        product = batch.product
        return cls(
            gtin=product.gtin,
            lot=batch.lot,
            product=product.name,
            member=product.member.name,
            region=product.region.slug,
            base=batch.base.slug,
            plot=batch.plot,
            planted_on=batch.planted_on,
            harvested_on=batch.harvested_on,
            quantity=batch.quantity,
            unit=batch.unit,
            recall=recall_of(batch),
            version=batch.version,
            url=page_of(batch),
        )


class BatchesOut(Schema):
    """A page of batches, newest first."""

    items: list[BatchOut]
    next: str | None = None


class BatchIn(Strict):
    """A batch to open."""

    gtin: Annotated[str, Field(pattern=r"^\d{8}$|^\d{12,14}$")]
    lot: Lot
    base: str
    plot: Annotated[str, Field(max_length=40)] = ""
    planted_on: date | None = None
    harvested_on: date | None = None
    quantity: Quantity | None = None
    unit: Annotated[str, Field(max_length=16)] = "千克"


class BatchChange(Strict):
    """What of a batch is to change; what is left out stays."""

    plot: Annotated[str, Field(max_length=40)] | None = None
    planted_on: date | None = None
    harvested_on: date | None = None
    quantity: Quantity | None = None
    unit: Annotated[str, Field(max_length=16)] | None = None


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


_NAMED = {"responsible", "corrects"}


def page_of(batch: Batch) -> str:
    """Return the address of the public record; "" for a product without a GTIN."""
    gtin = batch.product.gtin
    return page("trace-batch", gtin, batch.lot) if gtin else ""


def recall_of(batch: Batch) -> RecallOut | None:
    """Return what buyers are told, or None."""
    if batch.recalled_at is None:
        return None
    return RecallOut(at=batch.recalled_at, reason=batch.recall_reason, advice=batch.recall_advice)
