"""From the bytes of a message to readings in our units: every shape of `shapes`, pure and typed.

A value that is no measurement (out of range, not a number, a unit nobody knows) is refused with its reason
and the others are kept. Metrics without a row in `Metric` are named in `Decoded.unknown` and not kept.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from telemetry import wind
from telemetry.ingest.inbound import Decoded, Inbound
from telemetry.ingest.moments import UnreadableTime, read_time
from telemetry.ingest.numbers import OutOfRange, RefusedValue, measured
from telemetry.ingest.shapes.documents import read_document
from telemetry.ingest.shapes.hj212 import read_hj212
from telemetry.ingest.shapes.samples import HJ212_UNIT, Sample, UnreadablePayload
from telemetry.vocabulary import Vocabulary

__all__ = ["LARGEST", "UnreadablePayload", "decode"]

LARGEST = 262_144  # bytes; a day of minutes of ten metrics

Scales = Mapping[str, Mapping[str, float]]  # by device id: what a number without a unit is multiplied by


def decode(
    payload: bytes, *, device_id: str, received_at: datetime, vocabulary: Vocabulary, scales: Scales
) -> Decoded:
    """Return the readings in the message that `device_id` sent, and what was refused of it.

    Raises:
        UnreadablePayload: nothing of it can be used.
    """
    if len(payload) > LARGEST:
        raise UnreadablePayload(_("%(size)d bytes, more than a message may have") % {"size": len(payload)})
    decoded = Decoded()
    reader = _Reader(device_id, received_at, vocabulary, scales, decoded)
    for sample in _samples(payload):
        reader.read(sample)
    if not (decoded.readings or decoded.refusals or reader.fields):
        raise UnreadablePayload(_("no values"))
    if decoded.unknown and len(decoded.unknown) == reader.fields and not decoded.refusals:
        raise UnreadablePayload(_("no known metric among: %(names)s") % {"names": _names(decoded.unknown)})
    return decoded


class _Reader:
    """Turns the samples of one message into its readings and refusals."""

    def __init__(
        self, sender: str, received_at: datetime, vocabulary: Vocabulary, scales: Scales, into: Decoded
    ) -> None:
        self.fields = 0
        self._sender = sender
        self._received_at = received_at
        self._vocabulary = vocabulary
        self._scales = scales
        self._into = into

    def read(self, sample: Sample) -> None:
        """Add the reading of one sample, or why it gives none."""
        if sample.problem:
            self._into.refusals.append(sample.problem)
        self.fields += len(sample.fields)
        device_id = sample.device or self._sender
        values = self._values(sample, self._scales.get(device_id) or {})
        if not values:
            return
        self._complete(values)
        try:
            at = self._received_at if sample.time is None else read_time(sample.time)
        except UnreadableTime as error:
            self._into.refusals.append(str(error))
            return
        via = "" if device_id == self._sender else self._sender
        self._into.readings.append(Inbound(device_id, at, values, via))

    def _values(self, sample: Sample, scale: Mapping[str, float]) -> dict[str, float]:
        values: dict[str, float] = {}
        terms = self._vocabulary.terms
        for name, raw, unit in sample.fields:
            term = terms.get(name)
            if term is None or unit is not None or type(raw) is not float or scale:
                self._add(name, raw, unit, scale, values)
            elif term.accept_min <= raw <= term.accept_max:
                values[name] = raw  # nearly all, at no further cost
            else:
                self._add(name, raw, unit, scale, values)
        return values

    def _add(
        self, name: str, raw: Any, unit: str | None, scale: Mapping[str, float], values: dict[str, float], /
    ) -> None:
        """Add one field to `values`, or why it cannot be."""
        by_code = unit is HJ212_UNIT
        term = self._vocabulary.by_hj212.get(name) if by_code else self._vocabulary.find(name)
        if term is None:
            self._into.unknown.append(name)
        elif raw is not None and raw != "":  # measured
            try:
                values[term.key] = measured(raw, unit, term, scale)
            except RefusedValue as error:
                self._into.refusals.append(f"{term.key}: {error}")
                if isinstance(error, OutOfRange):
                    self._into.out_of_range.append(term.key)

    def _complete(self, values: dict[str, float]) -> None:
        """Derive the wind force that was not sent, and warn of what is odd but happens."""
        if "wind_speed" in values and "wind_force" not in values:
            values["wind_force"] = float(wind.force(values["wind_speed"]))
        if "pm10" in values and values.get("pm25", 0) > values["pm10"]:
            self._into.warnings.append("pm25 above pm10")


def _samples(payload: bytes) -> Iterator[Sample]:
    if payload[:1] in (b"{", b"["):  # what nearly all are, without the way through text
        try:
            document = msgspec.json.decode(payload)
        except (ValueError, RecursionError):  # NaN, GB 18030, or really broken: the slow way says which
            pass
        else:
            return read_document(document, _read_text)
    return _read_text(_text(payload))


def _text(payload: bytes) -> str:
    """Return the payload as text: UTF-8, else GB 18030, which older DTUs send."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return payload.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadablePayload(_("neither UTF-8 nor GB 18030 text"))


def _read_text(text: str, depth: int = 0) -> Iterator[Sample]:
    text = text.strip().rstrip("\0")
    if text.startswith("##"):
        return read_hj212(text)
    return read_document(_json(text), _read_text, depth)


def _json(text: str) -> Any:
    """Return a JSON document. NaN and Infinity are let through here, to be refused value by value.

    Raises:
        UnreadablePayload: not JSON.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadablePayload(_("not JSON: %(why)s") % {"why": str(error)[:120]}) from error


def _names(names: list[str]) -> str:
    return ", ".join(name[:40] for name in names[:8])
