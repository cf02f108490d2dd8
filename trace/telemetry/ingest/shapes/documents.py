"""JSON messages: ThingsBoard (flat, timed, array, gateway), DTU, properties, and text within any of them.

Each shape is a function that returns the samples of a document it recognises and None otherwise; the
first of `SHAPES` that recognises it decides. Structs refuse what has the look of a shape but not its types.
"""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from telemetry.ingest.shapes.samples import Field, Sample, UnreadablePayload

DEEPEST = 4  # an array of gateways of arrays of text
_TIME_KEYS = ("ts", "time", "timestamp", "at", "datetime", "dateTime", "date_time", "DataTime")
_TEXT_KEYS = ("values", "data", "payload", "content", "body", "msg")

Document = dict[str, Any]
Read = Callable[[Any, int], Iterator[Sample]]  # reads what is nested in a document, at that depth
Shape = Callable[[Document, Read, int], Iterator[Sample] | None]


class _Entry(msgspec.Struct):
    """One value of a DTU."""

    name: str
    value: Any = None
    unit: Any = None


class _Property(msgspec.Struct):
    """One value of a thing model."""

    key: str
    value: Any = None
    unit: Any = None
    timestamp: Any = None


def read_document(document: Any, read_text: Read, depth: int = 0) -> Iterator[Sample]:
    """Yield the samples of a decoded JSON document of any known shape; `read_text` reads text inside it.

    Raises:
        UnreadablePayload: no known shape.
    """
    if depth > DEEPEST:
        raise UnreadablePayload(_("nested too deeply"))
    if isinstance(document, dict):
        yield from _read_object(document, read_text, depth)
    elif isinstance(document, list) and document:
        for part in document:
            yield from _read_part(part, read_text, depth + 1)
    elif isinstance(document, str):
        yield from read_text(document, depth + 1)
    else:
        raise UnreadablePayload(_("neither an object nor a list of objects"))


def _read_part(part: Any, read_text: Read, depth: int) -> Iterator[Sample]:
    """Yield the samples of one part of several; what is wrong with it does not touch the others."""
    try:
        yield from read_document(part, read_text, depth)
    except UnreadablePayload as error:
        yield Sample([], problem=str(error))


def _read_object(document: Document, read_text: Read, depth: int) -> Iterator[Sample]:
    for shape in SHAPES:
        try:
            samples = shape(document, read_text, depth)
        except msgspec.ValidationError as error:
            raise UnreadablePayload(str(error)) from error
        if samples is not None:
            yield from samples
            return


def _timed(document: Document, read_text: Read, depth: int) -> Iterator[Sample] | None:
    """`{"ts": …, "values": {…}}`."""
    values = document.get("values")
    if not isinstance(values, dict):
        return None
    return iter([Sample([(name, value, None) for name, value in values.items()], _time(document))])


def _dtu(document: Document, read_text: Read, depth: int) -> Iterator[Sample] | None:
    """`{"time": "2023-6-1 08:33:16", "Data": [{"name": "PM2.5", "value": "12"}]}`."""
    data = document.get("Data", document.get("data"))
    if not _lists_objects_with("name", data):
        return None
    entries = msgspec.convert(data, list[_Entry])
    fields = [(entry.name, entry.value, _unit(entry.unit)) for entry in entries]
    return iter([Sample(fields, _time(document))])


def _properties(document: Document, read_text: Read, depth: int) -> Iterator[Sample] | None:
    """`{"ts": …, "properties": [{"key": …, "value": …, "unit": …, "timestamp": …}]}`."""
    properties = document.get("properties")
    if not _lists_objects_with("key", properties):
        return None
    by_time: dict[Any, list[Field]] = {}
    for entry in msgspec.convert(properties, list[_Property]):
        time = _scalar(entry.timestamp) if entry.timestamp is not None else _time(document)
        by_time.setdefault(time, []).append((entry.key, entry.value, _unit(entry.unit)))
    return iter([Sample(fields, time) for time, fields in by_time.items()])


def _gateway(document: Document, read_text: Read, depth: int) -> Iterator[Sample] | None:
    """`{"<device>": [{"ts": …, "values": {…}}, …], …}`."""
    if not document or not all(_lists_objects(part) for part in document.values()):
        return None
    return (
        sample._replace(device=sample.device or device)
        for device, part in document.items()
        for sample in _read_part(part, read_text, depth + 1)
    )


def _wrapped_text(document: Document, read_text: Read, depth: int) -> Iterator[Sample] | None:
    """`{"ts": …, "data": "{\\"pm25\\": 12}"}`: the message is text inside the message."""
    text = next((document[key] for key in _TEXT_KEYS if isinstance(document.get(key), str)), "")
    if not text.lstrip().startswith(("{", "[", "##", '"')):
        return None
    time = _time(document)
    return (
        sample if sample.time is not None else sample._replace(time=time)
        for sample in read_text(text, depth + 1)
    )


def _flat(document: Document, read_text: Read, depth: int) -> Iterator[Sample] | None:
    """`{"pm25": 12.1, …}`, with or without a time among the values."""
    time_key = next((key for key in _TIME_KEYS if key in document), None)
    fields: list[Field] = [(name, value, None) for name, value in document.items() if name != time_key]
    return iter([Sample(fields, _time(document))])


SHAPES: tuple[Shape, ...] = (_timed, _dtu, _properties, _wrapped_text, _gateway, _flat)


def _time(document: Document) -> Any:
    for key in _TIME_KEYS:
        if key in document:
            return _scalar(document[key])
    return None


def _scalar(time: Any) -> Any:
    """Return a time as it is, or as a text that is no time when it cannot be one."""
    return time if isinstance(time, int | float | str | None) else "{}"


def _unit(unit: Any) -> str | None:
    return unit if isinstance(unit, str) else None


def _lists_objects(part: Any) -> bool:
    return isinstance(part, list) and bool(part) and all(isinstance(entry, dict) for entry in part)


def _lists_objects_with(key: str, part: Any) -> bool:
    return _lists_objects(part) and any(key in entry for entry in part)
