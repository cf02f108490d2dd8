"""Telling people what happened in the talent pool, after the transaction that did it.

On the site always; by SMS or e-mail only what somebody waits for. What fails stops nothing: the pages say the
same.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.models import User
from brand.members.representatives import Representative
from brand.models import Member
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)

ASKED = "talent_asked"
ANSWERED = "talent_answered"
CLOSED = "talent_closed"
APPLIED = "talent_applied"
APPLICATION_ANSWERED = "talent_application_answered"
JOB_DECIDED = "talent_job_decided"
ENDING = "talent_ending"
ENDED = "talent_ended"
TAKEN_OUT = "talent_taken_out"

TO_TRAINEES = (ASKED, APPLICATION_ANSWERED, ENDING, ENDED, TAKEN_OUT)

# told away from the site as well: there is something to do, or to know before it is too late
_AWAY = {ASKED, ENDING, APPLICATION_ANSWERED}


def tell(
    user: User | None,
    kind: str,
    *,
    about: int,
    words: Mapping[str, object],
    path: str,
    at: datetime,
    occasion: str = "",
) -> None:
    """Tell one person, once per kind, thing and `occasion`."""
    if user is None or user.erased_at:
        return
    away = (user.phone or user.email or "") if kind in _AWAY else ""
    with translation.override(settings.LANGUAGE_CODE):
        spoken = {name: str(word) for name, word in words.items()}
        context = {**spoken, "path": path, "link": settings.PUBLIC_BASE_URL + path}
        for to in (ON_SITE, away) if away else (ON_SITE,):
            key = f"{kind}:{about}:{occasion}:{user.pk}:{'site' if to == ON_SITE else 'away'}"
            try:
                send_notice(kind=kind, to=to, user=user, context=context, at=at, key=key, url=path)
            except NotSent:
                logger.exception("a notice of %s stays unsent", kind)


def tell_member(user: User | None, kind: str, *, member: Member, **told: Any) -> None:
    """Tell who did something for a member, as long as they act for it; else everybody who acts for it today.

    What is told stays with them when the trainee has gone, so it names nobody: the page does, while it may.
    """
    ties = Representative.objects.filter(member=member).select_related("user")
    people = {tie.user.pk: tie.user for tie in ties}
    doer = people.get(user.pk) if user is not None else None
    for one in [doer] if doer is not None else people.values():
        tell(one, kind, **told)
