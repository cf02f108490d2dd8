"""From a value as sent to a measurement in the unit of its metric, or the reason why it is none."""

import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from telemetry.ingest.shapes.samples import HJ212_UNIT
from telemetry.ingest.units import UnknownUnit, conversion
from telemetry.vocabulary import Term

_DIGITS_KEPT = 6  # after the point: takes away what scaling adds, 12.345000000000001


class RefusedValue(ValueError):
    """A value is no measurement; says why."""


class OutOfRange(RefusedValue):
    """A value is a number and too large or too small to be a measurement."""


def measured(raw: Any, unit: str | None, term: Term, scale: Mapping[str, float]) -> float:
    """Return the value in the unit of the metric.

    A unit the message states decides; else the factor of the device's model applies.

    Raises:
        RefusedValue: not a number, in a unit from which no way leads here, or out of range.
    """
    number = raw if type(raw) is float else _number(raw)
    if unit is HJ212_UNIT:
        number = round(number * term.hj212_factor * scale.get(term.key, 1), _DIGITS_KEPT)
    elif unit:
        number = round(_converted(number, unit, term), _DIGITS_KEPT)
    elif term.key in scale:
        number = round(number * scale[term.key], _DIGITS_KEPT)
    if term.accept_min <= number <= term.accept_max:
        return number
    raise OutOfRange(
        _("%(value)s is outside %(low)s to %(high)s")
        % {"value": f"{number:g}", "low": f"{term.accept_min:g}", "high": f"{term.accept_max:g}"}
    )


def _converted(number: float, unit: str, term: Term) -> float:
    try:
        return conversion(unit, term.unit)(number)
    except UnknownUnit as error:
        raise RefusedValue(str(error)) from error


def _number(raw: Any) -> float:
    """Return a sent value as a finite number; yes and no are none.

    Raises:
        RefusedValue: it is not one.
    """
    if isinstance(raw, str):
        number = _number_in(raw)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        number = float(raw) if abs(raw) < 1e300 else math.inf
    else:
        number = math.nan
    if math.isfinite(number):
        return number
    raise RefusedValue(_("%(value)s is not a number") % {"value": quoted(raw)})


def _number_in(text: str) -> float:
    try:
        return float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return math.nan


def quoted(raw: Any) -> str:
    """Return a sent value for a reason: short, whatever it is."""
    if isinstance(raw, str):
        return repr(raw[:40])
    if raw is None or isinstance(raw, bool | float):
        return repr(raw)
    return {int: "a huge number", list: "a list", dict: "an object"}.get(type(raw), "something else")
