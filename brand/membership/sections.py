"""The sections of an application: what the applicant fills in and the officer reads, in one order."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.membership.completeness import PAPERS
from brand.membership.models import MembershipApplication

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together. The papers are the field `papers`."""

    slug: str
    title: "_StrPromise"
    fields: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section("company", _("Who you are"), ("kind", "name", "credit_code", "legal_person")),
    Section("place", _("Where you are"), ("town", "address")),
    Section("goods", _("What you make"), ("goods", "output", "own_brand", "certifications")),
    Section("public", _("For your public page"), ("about", "public_phone")),
    Section("contact", _("Who we talk to"), ("contact_name", "contact_phone", "contact_email")),
    Section(PAPERS, pgettext_lazy("application", "Papers"), (PAPERS,)),
)


def label_of(field: str) -> str:
    """Return the name of a field as people read it."""
    if field == PAPERS:
        return str(pgettext_lazy("application", "Papers"))
    return str(getattr(MembershipApplication._meta.get_field(field), "verbose_name", field))


def shown(application: MembershipApplication, field: str) -> str:
    """Return the value of a field as people read it."""
    if field == "kind":
        return str(application.get_kind_display())
    return str(getattr(application, field))
