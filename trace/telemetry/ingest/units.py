"""Units that messages state, and how to get from them to the unit of the metric."""

import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext as _

# from (plain) unit to (plain) unit: factor
_FACTORS = {
    ("ng/m3", "ug/m3"): 0.001,
    ("mg/m3", "ug/m3"): 1000.0,
    ("pa", "hpa"): 0.01,
    ("kpa", "hpa"): 10.0,
    ("mbar", "hpa"): 1.0,
    ("km/h", "m/s"): 1 / 3.6,
    ("knot", "m/s"): 0.514444,
    ("kn", "m/s"): 0.514444,
}
_SAME = {
    "celsius": "c", "degc": "c", "%rh": "%", "rh%": "%", "rh": "%", "percent": "%",
    "db": "db(a)", "dba": "db(a)", "deg": "°", "degree": "°", "degrees": "°", "µg/m3": "ug/m3",
    "ugm3": "ug/m3", "level": "级", "mps": "m/s",
}  # fmt: skip


class UnknownUnit(ValueError):
    """A message states a unit from which no way leads to that of the metric."""


def conversion(stated: str, wanted: str) -> Callable[[float], float]:
    """Return the function from the stated unit to the wanted one.

    Raises:
        UnknownUnit: no such way is known.
    """
    source, target = _plain(stated), _plain(wanted)
    if source == target:
        return float
    if (source, target) == ("f", "c"):
        return lambda value: (value - 32) / 1.8
    if (source, target) == ("k", "c"):
        return lambda value: value - 273.15
    factor = _FACTORS.get((source, target))
    if factor is None:
        raise UnknownUnit(_("unit %(stated)s instead of %(wanted)s") % {"stated": stated, "wanted": wanted})
    return lambda value: value * factor


def _plain(unit: str) -> str:
    """Return a unit without superscripts, degree signs before letters, blanks and case."""
    plain = unicodedata.normalize("NFKC", unit).replace(" ", "").replace("^", "").replace("³", "3").lower()
    plain = plain.replace("μ", "u").replace("µ", "u")
    if plain in {"°c", "°f", "°k"}:
        plain = plain[1:]
    return _SAME.get(plain, plain)
