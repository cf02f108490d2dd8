"""Reads of the brand's public pages: members and licences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Value
from django.db.models.functions import Replace

from association.numbers import bare_number, canonical_number
from association.verdicts import LicenceVerdict, licence_verdict
from brand.models import Licence, Member, Product, Region
from record.models import Batch

LATEST_BATCHES = 6


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


def members_of(region: Region | None, *, kind: str, on: date) -> QuerySet[Member]:
    """Return the members of a county, of one legal form if given, licensed ones first.

    2 queries when evaluated: members, their products.
    """
    valid = Licence.objects.valid(on=on).filter(member=OuterRef("pk"))
    members = Member.objects.filter(region=region).annotate(is_licensed=Exists(valid))
    if kind:
        members = members.filter(kind=kind)
    named = Product.objects.order_by("name", "pk").only("member_id", "name", "pack_size")
    return members.prefetch_related(Prefetch("products", named)).order_by("-is_licensed", "name", "pk")


def licences_of(member: Member, *, on: date) -> list[CheckedLicence]:
    """Return the licences of a member with their verdicts, newest first. 2 queries."""
    licences = member.licences.prefetch_related("products").order_by("-valid_from", "number")
    return [CheckedLicence(licence, licence_verdict(licence, on=on)) for licence in licences]


def batches_of(products: Iterable[Product]) -> list[Batch]:
    """Return the newest batches of these products that have a page of their own. 1 query."""
    batches = Batch.objects.filter(product__in=[product.pk for product in products if product.gtin])
    return list(batches.select_related("product", "base").order_by("-harvested_on", "-pk")[:LATEST_BATCHES])
