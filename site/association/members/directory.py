"""The list of members with its filters, and how many members each choice would leave."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch

from brand.models import Licence, Member, Product, Region
from record.models import Certification


@dataclass(frozen=True, slots=True)
class Facts:
    """What the list is filtered by, of one member."""

    pk: int
    kind: str
    town: str
    is_licensed: bool
    crops: frozenset[str]
    certifications: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a visitor asked for; an empty one asks for nothing."""

    kind: str = ""
    crop: str = ""
    town: str = ""
    certification: str = ""
    licensed: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Choice":
        """Read the choice from an address; what cannot be meant is dropped."""
        asked = {name: query.get(name, "").strip()[:60] for name in FILTERS}
        asked["kind"] = asked["kind"] if asked["kind"] in Member.Kind.values else ""
        asked["licensed"] = "yes" if asked["licensed"] else ""
        return cls(**asked)

    def query(self) -> str:
        """Return the choice as the query of an address."""
        return urlencode({name: value for name in FILTERS if (value := getattr(self, name))})

    def takes(self, facts: Facts) -> bool:
        """Tell whether a member is asked for."""
        return all(_values(facts, name) >= {wanted} for name in FILTERS if (wanted := getattr(self, name)))

    def without(self, name: str) -> "Choice":
        """Return the choice with one filter left open."""
        return replace(self, **{name: ""})


_VALUES: dict[str, Callable[[Facts], Iterable[str]]] = {
    "kind": lambda facts: [facts.kind],
    "crop": lambda facts: facts.crops,
    "town": lambda facts: [facts.town] if facts.town else [],
    "certification": lambda facts: facts.certifications,
    "licensed": lambda facts: ["yes"] if facts.is_licensed else [],
}
FILTERS = tuple(_VALUES)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, and how many members it leaves beside the other filters."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Directory:
    """The members a choice leaves, licensed ones first, and what else can be chosen."""

    choice: Choice
    total: int
    found: list[int]
    options: dict[str, list[Option]] = field(default_factory=dict)


def directory_of(region: Region | None, choice: Choice, *, on: date) -> Directory:
    """Return the members of a county that `choice` leaves, by primary key. 3 queries."""
    everybody = _facts_of(region, on)
    found = [facts.pk for facts in everybody if choice.takes(facts)]
    options = {name: _options(everybody, choice, name) for name in FILTERS}
    return Directory(choice, len(everybody), found, options)


def members_in_order(pks: list[int], *, licensed_on: date) -> list[Member]:
    """Return the members of one page of the list with what is shown of them, in the order of `pks`.

    2 queries.
    """
    named = Product.objects.order_by("name", "pk").only("member_id", "name", "pack_size")
    members = Member.objects.annotate(is_licensed=_licensed(licensed_on))
    by_pk = members.prefetch_related(Prefetch("products", named)).in_bulk(pks)
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _facts_of(region: Region | None, on: date) -> list[Facts]:
    crops, certifications = defaultdict(set), defaultdict(set)
    products = Product.objects.filter(member__region=region).exclude(crop=None)
    for pk, crop in products.values_list("member", "crop__name"):
        crops[pk].add(crop)
    held = Certification.objects.filter(product__member__region=region).exclude(valid_to__lt=on)
    for pk, kind in held.values_list("product__member", "kind__name"):
        certifications[pk].add(kind)
    members = Member.objects.filter(region=region).annotate(is_licensed=_licensed(on))
    rows = members.order_by("-is_licensed", "name", "pk").values_list("pk", "kind", "town", "is_licensed")
    return [
        Facts(pk, kind, town, licensed, frozenset(crops[pk]), frozenset(certifications[pk]))
        for pk, kind, town, licensed in rows
    ]


def _licensed(on: date) -> Exists:
    return Exists(Licence.objects.valid(on=on).filter(member=OuterRef("pk")))


def _values(facts: Facts, name: str) -> set[str]:
    return set(_VALUES[name](facts))


def _options(everybody: list[Facts], choice: Choice, name: str) -> list[Option]:
    """Count what each value of one filter leaves beside the other filters; what is chosen always stands."""
    others = choice.without(name)
    counts: dict[str, int] = defaultdict(int)
    for facts in everybody:
        for value in _values(facts, name):
            counts[value] += others.takes(facts)
    if chosen := getattr(choice, name):
        counts.setdefault(chosen, 0)
    labels = dict(Member.Kind.choices) if name == "kind" else {}
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [Option(value, str(labels.get(value, value)), count) for value, count in ordered]
