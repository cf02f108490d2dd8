"""Reads of the public pages about licences."""

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Replace

from association.licences.numbers import bare_number, canonical_number
from association.licences.verdicts import LicenceVerdict, licence_verdict
from brand.models import Act, ApplicationProduct, Licence, LicenceApplication, Member, Region


class UnknownLicence(LookupError):
    """No licence has that number."""


@dataclass(frozen=True, slots=True)
class CheckedLicence:
    """A licence and what to say of it on the day of the check."""

    licence: Licence
    verdict: LicenceVerdict


def check_licence(typed: str, *, on: date) -> CheckedLicence:
    """Return the licence whose number was typed, with its verdict. One or two queries.

    Raises:
        UnknownLicence: there is none.
    """
    number = canonical_number(typed)
    licences = Licence.objects.select_related("member", "region__site", "renews", "renewed_by")
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


def revoked_licences(region: Region | None) -> QuerySet[Licence]:
    """Return the revoked licences of a county, newest first, with `revoked_at` and `reason`. One query."""
    kind = ContentType.objects.get_for_model(Licence)
    acts = Act.objects.filter(subject_type=kind, subject_id=OuterRef("pk"), verb="revoked").order_by("-at")
    revoked = Licence.objects.filter(region=region, state=Licence.State.REVOKED).select_related("member")
    return revoked.annotate(
        revoked_at=Subquery(acts.values("at")[:1]), reason=Subquery(acts.values("note")[:1])
    ).order_by("-revoked_at", "-valid_from", "number")


def published_applications(region: Region | None) -> QuerySet[LicenceApplication]:
    """Return what is public of a county, those open longest first. Two queries."""
    wanted = Prefetch("wanted", ApplicationProduct.objects.select_related("product"))
    rows = LicenceApplication.objects.filter(region=region, state=LicenceApplication.State.PUBLICITY)
    related = ("member", "renews")
    return rows.select_related(*related).prefetch_related(wanted).order_by("-publicity_to", "number")
