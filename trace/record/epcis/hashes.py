"""Event hash IDs: a name for an event that follows from what it says (GS1 CBV 2.0, 8.9.2). Pure.

The event is written as one line in a fixed order, with times in UTC and vocabulary words in full; what is
ours comes last, sorted. When, by whom and under which name it was filed is no part of it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from record.epcis.vocabulary import DISPOSITION_PREFIXES, STEP_PREFIXES

_QUANTITY = ("epcClass", "quantity", "uom")
# Each field in the order of the standard: plain, a list of identifiers, a list of quantities, or a place.
_ORDER: tuple[tuple[str, str], ...] = (
    ("eventTime", "time"),
    ("eventTimeZoneOffset", "plain"),
    ("parentID", "plain"),
    ("epcList", "epcs"),
    ("inputEPCList", "epcs"),
    ("childEPCs", "epcs"),
    ("quantityList", "quantities"),
    ("childQuantityList", "quantities"),
    ("inputQuantityList", "quantities"),
    ("outputEPCList", "epcs"),
    ("outputQuantityList", "quantities"),
    ("action", "plain"),
    ("transformationID", "plain"),
    ("bizStep", "step"),
    ("disposition", "disposition"),
    ("readPoint", "place"),
    ("bizLocation", "place"),
)
_LEFT_OUT = {"type", "recordTime", "eventID", "errorDeclaration", "@context"}


def event_id(event: Mapping[str, Any], *, namespaces: Mapping[str, str]) -> str:
    """Return the name of `event`; `namespaces` are the prefixes of the fields that are no standard ones."""
    digest = hashlib.sha256(written_out(event, namespaces=namespaces).encode()).hexdigest()
    return f"ni:///sha-256;{digest}?ver=CBV2.0"


def written_out(event: Mapping[str, Any], *, namespaces: Mapping[str, str]) -> str:
    """Return the line that is hashed."""
    known = [_field(name, kind, event[name]) for name, kind in _ORDER if event.get(name)]
    rest = event.keys() - dict(_ORDER).keys() - _LEFT_OUT
    own = sorted(line for name in rest for line in _own(_expanded(name, namespaces), event[name]))
    return "".join([f"eventType={event['type']}", *known, *own])


def _field(name: str, kind: str, value: Any) -> str:
    if kind == "time":
        return f"{name}={_utc(value)}"
    if kind == "epcs":
        return name + "".join(sorted(f"epc={epc}" for epc in value))
    if kind == "quantities":
        return name + "".join(sorted(_quantity(element) for element in value))
    if kind == "place":
        return f"{name}id={value['id']}"
    if kind in {"step", "disposition"} and ":" not in value:
        value = (STEP_PREFIXES if kind == "step" else DISPOSITION_PREFIXES)[0] + value
    return f"{name}={value}"


def _quantity(element: Mapping[str, Any]) -> str:
    parts = (f"{name}={_canonical(element[name])}" for name in _QUANTITY if element.get(name) is not None)
    return "quantityElement" + "".join(parts)


def _own(name: str, value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        yield f"{name}={_canonical(str(one).strip())}"


def _expanded(name: str, namespaces: Mapping[str, str]) -> str:
    prefix, colon, rest = name.partition(":")
    return f"{{{namespaces[prefix]}}}{rest}" if colon else name


def _canonical(value: str | float) -> str:
    """Return a number without superfluous zeros and signs, and anything else as it is."""
    try:
        number = float(value)
        return str(int(number)) if int(number) == number else str(number)
    except (ValueError, OverflowError):
        return str(value)


def _utc(text: str) -> str:
    moment = datetime.fromisoformat(text).astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
