"""Looking for people: what a member asks for, and who is found."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Final, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from brand.models import Region
from training.models import Talent, TalentAbility, TalentInterest
from training.talent.proofs import Proofs, is_proven, proofs_of
from training.talent.works import Hours, Reach, Work

A_PAGE: Final = 12
_ALLOWED: Final[dict[str, list[str]]] = {
    "work": Work.values,
    "hours": Hours.values,
    "reach": Reach.values,
    "proven": ["yes"],
    "interest": ["yes"],
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for; empty is everything. A word that means nothing is as good as none."""

    work: str = ""
    hours: str = ""
    reach: str = ""
    proven: str = ""
    interest: str = ""
    place: str = ""
    pay: int | None = None
    by: date | None = None

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Return what stands in the query of an address."""
        asked = {name: query.get(name, "") for name in _ALLOWED}
        known = {name: value for name, value in asked.items() if value in _ALLOWED[name]}
        pay = query.get("pay", "")
        return cls(
            **known,
            place=query.get("place", "").replace("\x00", "").strip()[:60],
            pay=int(pay) if pay.isascii() and pay.isdecimal() and len(pay) <= 6 else None,
            by=_day(query.get("by", "")),
        )

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in held.items() if value})

    @property
    def narrows(self) -> int:
        """How many are set beside the kind of work."""
        return sum(bool(getattr(self, field.name)) for field in fields(self) if field.name != "work")

    def of_work(self, work: str) -> str:
        """Return the query of the same for another kind of work."""
        return replace(self, work=work).query


def people(region: Region, asked: Filters, *, at: datetime) -> QuerySet[Talent]:
    """Return who is found in a county, changed last first. 3 queries for a page, beside its count."""
    found = Talent.objects.shown(at=at).filter(region=region)
    if asked.work:
        can = Exists(TalentAbility.objects.filter(talent=OuterRef("pk"), work=asked.work))
        would = Exists(TalentInterest.objects.filter(talent=OuterRef("pk"), work=asked.work))
        found = found.filter(Q(can) | Q(would) if asked.interest else Q(can))
    if asked.proven:
        found = found.filter(is_proven(asked.work))
    for name in ("hours", "reach"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.place:
        found = found.filter(place__icontains=asked.place)
    if asked.pay:
        found = found.filter(Q(pay_from=None) | Q(pay_from__lte=asked.pay))
    if asked.by:
        found = found.filter(Q(available_from=None) | Q(available_from__lte=asked.by))
    return found.select_related("trainee").prefetch_related("abilities", "interests")


@dataclass(frozen=True, slots=True)
class Ability:
    """One ability as members read it: `course` is what a valid certificate proves it by."""

    work: str
    label: str
    number: str = ""
    course: str = ""


def abilities(talent: Talent, proofs: Proofs) -> list[Ability]:
    """Return what a person can do, what is proven first."""
    shown = [
        Ability(each.work, str(each), proof.number, proof.words.get("course", ""))
        if (proof := proofs.get(each.work))
        else Ability(each.work, str(each))
        for each in talent.abilities.all()
    ]
    return sorted(shown, key=lambda one: not one.number)


@dataclass(frozen=True, slots=True)
class Card:
    """One person in a list."""

    talent: Talent
    abilities: list[Ability]


def cards(talents: list[Talent]) -> list[Card]:
    """Return people with what they can do. 1 query."""
    proofs = proofs_of(talents)
    return [Card(talent, abilities(talent, proofs[talent.pk])) for talent in talents]


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None
