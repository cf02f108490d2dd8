"""Telling people about their place: on the site where they have an account, by SMS or e-mail everywhere.

What fails stops nothing and is tried again by nobody: the page of the sign-up always says the same.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation

from brand.activities.sign_ups import SignUp
from lib import dates
from notices.models import Notice
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)

GOING = "activity_going"
WAITING = "activity_waiting"
OFFERED = "activity_offered"
LAPSED = "activity_lapsed"
CALLED_OFF = "activity_called_off"
MOVED = "activity_moved"
REMINDER = "activity_reminder"


def tell(sign_up: SignUp, kind: str, *, at: datetime, occasion: str = "") -> None:
    """Tell one person, once per kind and `occasion`; call it after the transaction has committed."""
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(sign_up)
        for to in _channels(sign_up):
            key = _key(kind, sign_up.pk, occasion, "site" if to == ON_SITE else "away")
            try:
                send_notice(
                    kind=kind,
                    to=to,
                    user=sign_up.user,
                    context=context,
                    at=at,
                    key=key,
                    url=sign_up.get_absolute_url(),
                )
            except NotSent:
                logger.exception("a notice of %s stays unsent", kind)


def untold(sign_ups: Iterable[SignUp], kind: str, *, occasion: str) -> list[SignUp]:
    """Return those who were not told yet, nowhere. One query beside that of `sign_ups`."""
    people = list(sign_ups)
    keys = {_key(kind, each.pk, occasion, way): each.pk for each in people for way in ("site", "away")}
    sent = Notice.objects.filter(key__in=keys).values_list("key", flat=True)
    told = {keys[key] for key in sent if key}
    return [each for each in people if each.pk not in told]


def _key(kind: str, sign_up: int, occasion: str, way: str) -> str:
    return f"{kind}:{sign_up}:{occasion}:{way}"


def _channels(sign_up: SignUp) -> list[str]:
    """Return where to write: to the account, and to a phone or else a mailbox."""
    user = sign_up.user
    away = sign_up.phone or (user.phone or user.email if user else "")
    return [*([ON_SITE] if user else []), *([away] if away else [])]


def _context(sign_up: SignUp) -> dict[str, str]:
    activity = sign_up.activity
    return {
        "title": activity.title,
        "when": dates.moment(activity.starts_at),
        "place": activity.place,
        "why": activity.called_off_why,
        "answer_by": dates.moment(sign_up.answer_by),
        "link": settings.PUBLIC_BASE_URL + sign_up.get_absolute_url(),
    }
