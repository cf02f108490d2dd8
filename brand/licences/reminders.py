"""Reminders: members hear 90, 30 and 7 days before a licence ends, each once.

Whichever run of the task comes first after a day tells of it, so that a worker that stood still for a while
loses nobody their reminder; of several days that passed meanwhile only the last is told.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from brand.addresses import LICENCES_DESK
from brand.licences.models import Licence
from notices.send import ON_SITE, NotSent, send_notice

DAYS_BEFORE = (90, 30, 7)

logger = logging.getLogger(__name__)


def ending(*, on: date) -> QuerySet[Licence]:
    """Return licences in force or suspended that end within 90 days and have no successor, soonest first."""
    last = on + timedelta(days=max(DAYS_BEFORE))
    renewed = Licence.objects.filter(renews=OuterRef("pk")).exclude(state=Licence.State.REVOKED)
    rows = Licence.objects.filter(valid_from__lte=on, valid_to__range=(on, last))
    rows = rows.exclude(state=Licence.State.REVOKED).filter(~Exists(renewed))
    return rows.select_related("member", "region").order_by("valid_to", "pk")


def send_reminders(*, at: datetime) -> int:
    """Tell whoever acts for the members, each step once; return how many notices went. 3 queries to look."""
    today = timezone.localdate(at)
    return sum(
        _send(licence, user=tie.user, to=to, today=today, at=at)
        for licence in ending(on=today).prefetch_related("member__representatives__user")
        for tie in licence.member.representatives.all()
        if tie.user.is_active
        for to in _addresses(tie.user)
    )


def _addresses(user: User) -> Iterator[str]:
    yield ON_SITE
    if user.email:
        yield user.email


def _send(licence: Licence, *, user: User, to: str, today: date, at: datetime) -> bool:
    days = (licence.valid_to - today).days
    step = min(step for step in DAYS_BEFORE if days <= step)
    context = {
        "number": licence.number,
        "brand": licence.brand_name,
        "valid_to": licence.valid_to,
        "days": days,
        "suspended": licence.state == Licence.State.SUSPENDED,
    }
    channel = ON_SITE if to == ON_SITE else "email"
    key = f"licence-ends:{licence.pk}:{licence.valid_to}:{step}:{channel}:{user.pk}"
    try:
        notice = send_notice(
            kind="licence_ends", to=to, context=context, at=at, user=user, key=key, url=LICENCES_DESK
        )
    except NotSent:
        logger.warning("the reminder %s was not sent; the next run tries again", key)
        return False
    return notice.created_at == at  # one of an earlier run comes back with its own time
