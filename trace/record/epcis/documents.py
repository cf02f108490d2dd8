"""Documents of partners: what an EPCIS document says, typed. Pure: bytes in, events out."""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any

import msgspec

MOST_EVENTS, MOST_BYTES = 500, 1_000_000
EVENT_TYPES = {
    "ObjectEvent",
    "AggregationEvent",
    "TransactionEvent",
    "TransformationEvent",
    "AssociationEvent",
}


class BadDocument(ValueError):
    """It is no EPCIS 2.0 document; the message says where."""


class TooMany(ValueError):
    """More events than are taken at once."""


class BadEvent(ValueError):
    """One event of a document cannot be read; the message says why."""


class Quantity(msgspec.Struct, frozen=True):
    """An amount of a lot."""

    epc_class: str = msgspec.field(name="epcClass")
    quantity: float | None = None
    uom: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where."""

    id: Annotated[str, msgspec.Meta(max_length=300)]


class PartnerEvent(msgspec.Struct, frozen=True, rename="camel"):
    """One event. Fields we have no use for are kept in the raw text only."""

    type: str
    event_time: Annotated[datetime, msgspec.Meta(tz=True)]
    event_time_zone_offset: str
    event_id: Annotated[str, msgspec.Meta(max_length=200)] = msgspec.field(name="eventID", default="")
    biz_step: str = ""
    parent_id: str = msgspec.field(name="parentID", default="")
    epc_list: list[str] = []
    child_epcs: list[str] = msgspec.field(name="childEPCs", default=[])
    output_epc_list: list[str] = msgspec.field(name="outputEPCList", default=[])
    quantity_list: list[Quantity] = []
    child_quantity_list: list[Quantity] = []
    output_quantity_list: list[Quantity] = []
    read_point: Place | None = None
    biz_location: Place | None = None
    error_declaration: Any = None
    title: Annotated[str, msgspec.Meta(max_length=60)] = msgspec.field(name="fengtu:title", default="")
    place: Annotated[str, msgspec.Meta(max_length=80)] = msgspec.field(name="fengtu:place", default="")

    @property
    def things(self) -> list[str]:
        """The packages and cartons it is about."""
        parent = [self.parent_id] if self.parent_id else []
        return [*self.epc_list, *self.child_epcs, *self.output_epc_list, *parent]

    @property
    def amounts(self) -> list[Quantity]:
        """The amounts of lots it is about."""
        return [*self.quantity_list, *self.child_quantity_list, *self.output_quantity_list]


class _Body(msgspec.Struct):
    event_list: list[msgspec.Raw] = msgspec.field(name="eventList")


class _Document(msgspec.Struct):
    type: str
    schema_version: str = msgspec.field(name="schemaVersion")
    body: _Body = msgspec.field(name="epcisBody")


def read_document(text: bytes) -> list[bytes]:
    """Return the events of an EPCIS document, each still as text: one bad event must not hide the others.

    Raises:
        BadDocument: it is something else.
        TooMany: it holds more than `MOST_EVENTS`.
    """
    try:
        document = msgspec.json.decode(text, type=_Document)
    except msgspec.MsgspecError as error:
        raise BadDocument(str(error)) from error
    if document.type != "EPCISDocument" or not document.schema_version.startswith("2"):
        raise BadDocument("type is EPCISDocument and schemaVersion is 2.0")
    if len(document.body.event_list) > MOST_EVENTS:
        raise TooMany(f"at most {MOST_EVENTS} events are taken at once")
    return [bytes(event) for event in document.body.event_list]


def read_event(text: bytes) -> PartnerEvent:
    """Return one event.

    Raises:
        BadEvent: a field is missing or of the wrong kind.
    """
    if b"\\u0000" in text:
        raise BadEvent("it holds a NUL, which no text does")
    try:
        event = msgspec.json.decode(text, type=PartnerEvent)
    except msgspec.MsgspecError as error:
        raise BadEvent(str(error)) from error
    if event.type not in EVENT_TYPES:
        raise BadEvent(f"{event.type[:40]!r} is no EPCIS event type")
    if event.error_declaration is not None:
        raise BadEvent("error declarations are not taken: what is recorded is corrected by the operator")
    return event


def name_of(event: PartnerEvent, text: bytes) -> str:
    """Return the event's own id, or one that follows from what it says: handed in again it is the same."""
    if event.event_id:
        return event.event_id
    plain = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"urn:fengtu:said:{hashlib.sha256(plain.encode()).hexdigest()}"
