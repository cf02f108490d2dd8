"""The words devices use for metrics, and what may be accepted of each: the `Metric` rows, remembered.

Payload shapes are pure functions of a `Vocabulary`; only `current_vocabulary` asks the database.
"""

import re
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from telemetry.means import Kind

REMEMBERED_FOR = 10.0  # s: a metric added in the back office is understood after that
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """What has to be known of a metric to read it."""

    key: str
    unit: str
    accept_min: float
    accept_max: float
    hj212_code: str = ""
    hj212_factor: float = 1.0
    is_circular: bool = False
    is_level: bool = False
    is_public: bool = True
    names: tuple[str, ...] = ()


class Vocabulary:
    """The metrics that are understood, by every name a device may use."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.key: term for term in terms}
        self.by_hj212 = {term.hj212_code: term for term in self.terms.values() if term.hj212_code}
        self.public_keys = [key for key, term in self.terms.items() if term.is_public]
        names = [(name, term) for term in self.terms.values() for name in term.names]
        names += self.terms.items()
        self._by_name = {plain: term for name, term in names if (plain := _plain(name))}

    def kind(self, metric: str) -> Kind:
        """Return how the mean of a metric is taken; of one no longer known, as of a number."""
        term = self.terms.get(metric)
        if term is None or not (term.is_circular or term.is_level):
            return Kind.NUMBER
        return Kind.DIRECTION if term.is_circular else Kind.LEVEL

    def find(self, name: str) -> Term | None:
        """Return the metric a device calls `name`: exactly, else without case and punctuation."""
        return self.terms.get(name) or self._by_name.get(_plain(name))


def _plain(name: str) -> str:
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", name)).casefold()


_remembered: tuple[Vocabulary, float] | None = None


def current_vocabulary() -> Vocabulary:
    """Return the vocabulary of the database, at most `REMEMBERED_FOR` seconds old."""
    global _remembered  # noqa: PLW0603 - one value per process is the point
    now = time.monotonic()
    if _remembered is None or now - _remembered[1] > REMEMBERED_FOR:
        _remembered = (_read(), now)
    return _remembered[0]


def forget_vocabulary() -> None:
    """Make the next `current_vocabulary` ask the database."""
    global _remembered  # noqa: PLW0603
    _remembered = None


def _read() -> Vocabulary:
    from telemetry.models import Metric

    return Vocabulary(
        Term(
            key=metric.key,
            unit=metric.unit,
            accept_min=metric.accept_min,
            accept_max=metric.accept_max,
            hj212_code=metric.hj212_code,
            hj212_factor=metric.hj212_factor,
            is_circular=metric.is_circular,
            is_level=metric.is_level,
            is_public=metric.is_public,
            names=(metric.name, metric.name_en, *metric.aliases.split(",")),
        )
        for metric in Metric.objects.all()
    )
