"""Reminders: whoever keeps the record hears in time that a certification ends.

Each of three days before the end is told once, whichever run of the task comes first after it, so a day on
which the worker stood still loses nobody their reminder.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice
from record.models import Certification
from record.operators import operators

DAYS_BEFORE = (60, 30, 7)
RIGHT = "record.change_certification"

logger = logging.getLogger(__name__)


def ending(*, on: date) -> QuerySet[Certification]:
    """Return certifications in force on that day that end within the longest notice, soonest first."""
    last = on + timedelta(days=max(DAYS_BEFORE))
    ending = Certification.objects.filter(kind__expires=True, valid_to__range=(on, last))
    return ending.select_related("kind", "product__region", "product__member").order_by("valid_to", "pk")


def send_reminders(*, at: datetime) -> int:
    """Tell the operators of certifications about to end, each step once, and return how many notices went."""
    today = timezone.localdate(at)
    people = list(operators(RIGHT))
    return sum(
        _send(certification, user=user, to=to, today=today, at=at)
        for certification in ending(on=today)
        for user in people
        for to in _addresses(user)
    )


def _addresses(user: User) -> Iterator[str]:
    yield ON_SITE
    if user.email:
        yield user.email


def _send(certification: Certification, *, user: User, to: str, today: date, at: datetime) -> bool:
    last = certification.valid_to or today  # never empty here: `ending` asks for a range
    days = (last - today).days
    step = min(step for step in DAYS_BEFORE if days <= step)
    context = {
        "kind": certification.kind.name,
        "number": certification.number,
        "product": str(certification.product),
        "valid_to": last,
        "days": days,
    }
    channel = ON_SITE if to == ON_SITE else "email"
    key = f"certification:{certification.pk}:{last}:{step}:{channel}:{user.pk}"
    try:
        notice = send_notice(
            kind="certification_ends",
            to=to,
            context=context,
            at=at,
            user=user,
            key=key,
            url=_url(certification),
        )
    except NotSent:
        logger.warning("the reminder %s was not sent; the next run tries again", key)
        return False
    return notice.created_at == at  # one of an earlier run comes back with its own time


def _url(certification: Certification) -> str:
    return reverse("record-certifications:edit", args=[certification.pk])
