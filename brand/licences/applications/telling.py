"""Notices about an application: to the member when it moves, to the officers when it waits for them."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from brand.licences.applications.models import LicenceApplication
from brand.telling import tell_member, tell_officers


def tell_applicant(application: LicenceApplication, kind: str, *, at: datetime) -> None:
    """Tell everybody who acts for the member; call it after the commit."""
    tell_member(
        application.member,
        kind=kind,
        context=_context(application),
        at=at,
        key=f"{kind}:{application.pk}:{at:%Y%m%d%H%M%S}",
        url=_address("desk:licence_application", application.pk),
    )


def tell_officers_of(application: LicenceApplication, kind: str, *, at: datetime, key: str = "") -> None:
    """Tell the brand officers; call it after the commit. With a `key` it is told once."""
    tell_officers(
        kind=kind,
        context=_context(application),
        at=at,
        key=key or f"{kind}:{application.pk}:{at:%Y%m%d%H%M%S}",
        url=_address("brand-licence-applications:desk", application.pk),
    )


def _context(application: LicenceApplication) -> dict[str, object]:
    licence = application.licence
    return {
        "number": application.number or "",
        "member": application.member.name,
        "brand": application.brand_name,
        "reason": application.reason,
        "due_on": application.due_on,
        "publicity_to": application.publicity_to,
        "licence": licence.number if licence else "",
        # a renewal is no right before the licence it follows has ended
        "begins_on": licence.valid_from if licence and licence.renews_id else None,
    }


def _address(name: str, pk: int) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(name, args=[pk])
