"""What a visitor of the library asks for, and what each further choice would leave.

The counts come out of one small table: how many assets there are of each category, access and set of formats.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext

from brand.models import VIAccess, VICategory, VIFormat, VISystem
from brand.vi.publishing import CMYK

FILTERS = ("system", "category", "format", "access")
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """Assets that are alike in all that is filtered by, and how many there are."""

    category: VICategory
    access: str
    formats: frozenset[str]
    count: int


_VALUES: dict[str, Callable[[Kind], Iterable[str]]] = {
    "system": lambda kind: [kind.category.system],
    "category": lambda kind: [kind.category.slug],
    "format": lambda kind: kind.formats,
    "access": lambda kind: [kind.access],
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; an empty one asks for everything."""

    q: str = ""
    system: str = ""
    category: str = ""
    format: str = ""
    access: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Choice":
        """Read the choice from an address."""
        asked = {name: query.get(name, "").strip()[:60] for name in ("q", *FILTERS)}
        return cls(**{name: value.replace("\0", "") for name, value in asked.items()})

    @property
    def words(self) -> list[str]:
        """Words that all have to be found."""
        return self.q.split()[:MOST_WORDS]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The filters that a new search keeps."""
        return [(name, value) for name in FILTERS if (value := getattr(self, name))]

    def query(self) -> str:
        """Return the choice as the query of an address."""
        return urlencode({name: value for name in ("q", *FILTERS) if (value := getattr(self, name))})

    def takes(self, kind: Kind) -> bool:
        """Tell whether assets of that kind are asked for."""
        return all(wanted in _VALUES[name](kind) for name in FILTERS if (wanted := getattr(self, name)))

    def with_(self, **values: str) -> "Choice":
        """Return the choice with other values."""
        return replace(self, **values)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: how many assets it leaves beside the other filters, and its address."""

    value: str
    label: str
    count: int
    query: str
    chosen: bool


def options_of(kinds: list[Kind], choice: Choice) -> dict[str, list[Option]]:
    """Return for each filter what can be chosen; first of each is everything."""
    return {name: _options(kinds, choice, name) for name in FILTERS}


def _options(kinds: list[Kind], choice: Choice, name: str) -> list[Option]:
    others = choice.with_(**{name: ""})
    if name == "system":  # a category belongs to one system: another system leaves it behind
        others = others.with_(category="")
    left = [kind for kind in kinds if others.takes(kind)]
    counts: Counter[str] = Counter()
    for kind in left:
        for value in _VALUES[name](kind):
            counts[value] += kind.count
    chosen = getattr(choice, name)
    options = [
        _option(others, name, "", label=gettext("All"), count=sum(kind.count for kind in left), chosen=chosen)
    ]
    for value, label in _labels(kinds, name).items():
        if counts[value] or value == chosen:
            options.append(_option(others, name, value, label=label, count=counts[value], chosen=chosen))
    return options


def _option(others: Choice, name: str, value: str, *, label: str, count: int, chosen: str) -> Option:
    return Option(value, label, count, f"?{others.with_(**{name: value}).query()}", value == chosen)


def _labels(kinds: list[Kind], name: str) -> dict[str, str]:
    """Return the values of a filter in the order they are shown."""
    if name == "system":
        return {value: str(label) for value, label in VISystem.choices}
    if name == "format":
        return {**dict(VIFormat.choices), CMYK: "CMYK"}
    if name == "access":
        return {value: str(label) for value, label in VIAccess.choices}
    categories = {kind.category.slug: kind.category for kind in kinds}
    ordered = sorted(
        categories.values(), key=lambda one: (one.system == "application", one.position, one.name)
    )
    return {category.slug: category.label for category in ordered}
