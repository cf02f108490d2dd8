"""Telling trainees about their courses: on the site, and by SMS or e-mail where that was not switched off.

What fails stops nothing: the trainee's desk always says the same.
"""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lib import dates
from notices.models import Notice
from notices.send import ON_SITE, NotSent, send_notice
from training.learning.enrolments import Enrolment

logger = logging.getLogger(__name__)

ENROLLED = "training_enrolled"
WAITING = "training_waiting"
MOVED_UP = "training_moved_up"
PAUSED = "training_paused"
ENDING = "training_ending"
ANSWERED = "training_answered"

# told on the site only: the person has just done it themselves
_ON_SITE_ONLY = {ENROLLED, WAITING}
# reminders the trainee may switch off; a place that is free is always told
REMINDERS = {PAUSED, ENDING}


def tell(enrolment: Enrolment, kind: str, *, at: datetime, occasion: str = "") -> None:
    """Tell one trainee, once per kind and `occasion`; call it after the transaction has committed."""
    trainee = enrolment.trainee
    user = trainee.user
    if user.erased_at or (kind in REMINDERS and not trainee.wants_reminders):
        return
    away = "" if kind in _ON_SITE_ONLY else user.phone or user.email or ""
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(enrolment)
        for to in (ON_SITE, away) if away else (ON_SITE,):
            way = "site" if to == ON_SITE else "away"
            key = _key(kind, enrolment, occasion, way)
            try:
                send_notice(kind=kind, to=to, user=user, context=context, at=at, key=key, url=context["path"])
            except NotSent:
                logger.exception("a notice of %s stays unsent", kind)


def untold(occasions: Mapping[Enrolment, str], kind: str) -> list[Enrolment]:
    """Return those who were not told of their occasion yet, nowhere. One query."""
    keys = {
        _key(kind, each, occasion, way): each
        for each, occasion in occasions.items()
        for way in ("site", "away")
    }
    sent = Notice.objects.filter(key__in=keys).values_list("key", flat=True)
    told = {keys[key].pk for key in sent if key}
    return [each for each in occasions if each.pk not in told]


def _key(kind: str, enrolment: Enrolment, occasion: str, way: str) -> str:
    return f"{kind}:{enrolment.pk}:{occasion}:{way}"


def _context(enrolment: Enrolment) -> dict[str, str]:
    path = reverse("training:me")
    return {
        "course": enrolment.course.title,
        "until": dates.day(enrolment.course.ends_on),
        "path": path,
        "link": settings.PUBLIC_BASE_URL + path,
    }
