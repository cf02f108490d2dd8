"""Who is told what about an application: the applicant what was decided, the officers what waits."""

import logging
from datetime import datetime
from typing import Any

from django.urls import reverse

from brand.membership.models import MembershipApplication
from brand.telling import tell_officers
from lib.dates import full_day
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)


def tell_officers_of(application: MembershipApplication, *, kind: str, key: str, at: datetime) -> None:
    """Tell every brand officer about an application, once per `key`."""
    url = reverse("brand-applications:review", args=[application.pk])
    tell_officers(kind=kind, context=_words(application), at=at, key=key, url=url)


def tell_applicant(application: MembershipApplication, *, kind: str, at: datetime) -> None:
    """Tell the applicant on the site, and by SMS to the confirmed number. What fails stops nothing."""
    key = f"{kind}.{application.pk}.{application.version}"
    # the public pages lie above this layer: what can be named of them is their address
    url = f"/brand/join/{application.pk}/"
    if application.applicant_id:
        _send(application, kind=kind, to=ON_SITE, at=at, key=f"{key}.site", url=url)
    if application.confirmed_phone:
        _send(application, kind=kind, to=application.confirmed_phone, at=at, key=f"{key}.sms")


def _send(application: MembershipApplication, **facts: Any) -> None:
    try:
        send_notice(context=_words(application), user=application.applicant, **facts)
    except NotSent:
        logger.exception("an applicant was not told about application %s", application.pk)


def _words(application: MembershipApplication) -> dict[str, str]:
    return {
        "name": str(application),
        "number": application.number or "",
        "due_on": full_day(application.due_on) if application.due_on else "",
        "reason": application.reason,
    }
