"""Reads of the public pages about licences."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Value
from django.db.models.functions import Replace

from association.licences.numbers import bare_number, canonical_number
from association.licences.verdicts import LicenceVerdict, licence_verdict
from brand.models import Licence, Member


class UnknownLicence(LookupError):
    """No licence has that number."""


@dataclass(frozen=True, slots=True)
class CheckedLicence:
    """A licence and what to say of it on the day of the check."""

    licence: Licence
    verdict: LicenceVerdict


def check_licence(typed: str, *, on: date) -> CheckedLicence:
    """Return the licence whose number was typed, with its verdict. 2 or 3 queries.

    Raises:
        UnknownLicence: there is none.
    """
    number = canonical_number(typed)
    licences = Licence.objects.select_related("member", "region__site").prefetch_related("products")
    licence = licences.filter(number__iexact=number).first() if number else None
    if licence is None and number and "-" not in number:
        bare = Replace("number", Value("-"), Value(""))
        licence = licences.annotate(bare=bare).filter(bare__iexact=bare_number(number)).first()
    if licence is None:
        raise UnknownLicence(number)
    return CheckedLicence(licence, licence_verdict(licence, on=on))


def licences_of(member: Member, *, on: date) -> list[CheckedLicence]:
    """Return the licences of a member with their verdicts, newest first. 2 queries."""
    licences = member.licences.prefetch_related("products").order_by("-valid_from", "number")
    return [CheckedLicence(licence, licence_verdict(licence, on=on)) for licence in licences]
