"""Events of the record as EPCIS events: at the level of the lot, which everybody may read.

People are never named (PIPL); the responsible party is an organisation and is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils import timezone

from record.epcis.hashes import event_id
from record.epcis.identifiers import lot_uri, own_uri
from record.epcis.vocabulary import meaning
from record.events.items import from_json
from record.models import Batch, Event

NAMESPACE = "urn:fengtu:"
NAMESPACES = {"fengtu": NAMESPACE}
CONTEXT: list[Any] = ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", NAMESPACES]
# UN/ECE Recommendation 20; what is counted in pieces carries no unit
_UNITS = {"千克": "KGM", "公斤": "KGM", "克": "GRM", "吨": "TNE", "升": "LTR", "毫升": "MLT"}
_PIECES = {"个", "袋", "盒", "箱", "件", "包", "瓶", "捆", "根", "株", "穗"}


def epcis_event(
    event: Event, *, sources: Sequence[Batch] = (), corrections: Iterable[Event] = ()
) -> dict[str, Any]:
    """Return `event` (with batch, product, base and responsible party) as an EPCIS event.

    With `sources` it is the transformation of those lots into this one. `corrections` declare that it was in
    error and name the events that hold instead.
    """
    facts = _facts(event, sources)
    errors = sorted(corrections, key=lambda correction: correction.sequence)
    if errors:
        facts["errorDeclaration"] = {
            "declarationTime": iso(errors[0].recorded_at),
            "reason": "incorrect_data",
            "correctiveEventIDs": [named(_facts(each, ()))["eventID"] for each in errors],
        }
    return named(facts)


def named(facts: dict[str, Any]) -> dict[str, Any]:
    """Give an event its hash ID."""
    return {**facts, "eventID": event_id(facts, namespaces=NAMESPACES)}


def iso(moment: datetime) -> str:
    """Return a time as EPCIS wants it: UTC, milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset(moment: datetime) -> str:
    """Return the offset of the place where it happened."""
    text = f"{timezone.localtime(moment):%z}"
    return f"{text[:3]}:{text[3:]}"


def class_of(batch: Batch) -> str:
    """Return the identifier of the lot."""
    product = batch.product
    return lot_uri(product.gtin, batch.lot) if product.gtin else own_uri(product.slug, batch.lot)


def location(batch: Batch) -> dict[str, str]:
    """Return the base as a business location."""
    return {"id": f"{settings.PUBLIC_BASE_URL}/bases/{batch.base.slug}/"}


def _facts(event: Event, sources: Sequence[Batch]) -> dict[str, Any]:
    batch = event.batch
    said = meaning(step=event.step, stage=event.stage)
    facts: dict[str, Any] = {
        "type": "TransformationEvent" if sources else "ObjectEvent",
        "eventTime": iso(event.at),
        "eventTimeZoneOffset": offset(event.at),
        "recordTime": iso(event.recorded_at),
    }
    amount = _amount(class_of(batch), event.outputs)
    if sources:
        facts |= {
            "inputQuantityList": [{"epcClass": class_of(source)} for source in sources],
            "outputQuantityList": [amount],
        }
    else:
        facts |= {"quantityList": [amount], "action": said.action}
    facts |= {"bizStep": said.biz_step, "disposition": said.disposition}
    if event.latitude is not None and event.longitude is not None:
        facts["readPoint"] = {"id": f"geo:{event.latitude:.6f},{event.longitude:.6f}"}
    facts["bizLocation"] = location(batch)
    return facts | {f"fengtu:{name}": value for name, value in _own(event).items() if value}


def _own(event: Event) -> Mapping[str, Any]:
    """Return what the standard has no field for."""
    return {
        "title": event.title,
        # as URIs: a bare `packing` would be read as the word of the CBV
        "stage": f"{NAMESPACE}stage:{event.stage}",
        "step": f"{NAMESPACE}step:{event.step}" if event.step else "",
        "place": event.place,
        "responsible": event.responsible.name if event.responsible else "",
        "input": [item.line for item in from_json(event.inputs)],
        "output": [item.line for item in from_json(event.outputs)],
        "source": event.source,
        "sequence": event.sequence,
        "chainHash": f"ni:///sha-256;{event.hash}",
        "corrects": f"ni:///sha-256;{event.corrects.hash}" if event.corrects else "",
    }


def _amount(epc_class: str, outputs: list[dict[str, str]]) -> dict[str, Any]:
    """Return the lot, with the amount when exactly one thing came out in a unit the standard knows."""
    element: dict[str, Any] = {"epcClass": epc_class}
    if len(outputs) != 1:
        return element
    unit = outputs[0].get("unit", "")
    try:
        quantity = Decimal(outputs[0].get("quantity") or "nan")
    except InvalidOperation:
        return element
    if not quantity.is_finite() or not (_UNITS.get(unit) or unit in _PIECES):
        return element
    element["quantity"] = int(quantity) if quantity == int(quantity) else float(quantity)
    return element | ({"uom": _UNITS[unit]} if unit in _UNITS else {})
