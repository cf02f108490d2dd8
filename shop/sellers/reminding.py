"""Reminders: sellers and the hall hear 60, 30 and 7 days before a paper ends, and when it has ended.

Whichever run comes first after a day tells of it; of several days that passed meanwhile only the last.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice
from record.operators import operators
from shop.sellers.models import SellerPaper

STEPS = (60, 30, 7, -1)  # days before the end; -1: it is over
WHO_HEARS = "fengtu_shop.change_sellerpaper"

logger = logging.getLogger(__name__)


def send_reminders(*, at: datetime) -> int:
    """Tell sellers and hall of papers that end, each step once; return how many notices went."""
    today = timezone.localdate(at)
    ending = SellerPaper.objects.filter(valid_to__lte=today + timedelta(days=STEPS[0]))
    ending = ending.filter(Q(reminded_days=None) | Q(reminded_days__gt=STEPS[-1]))
    sent = 0
    for paper in ending.select_related("partner").prefetch_related("partner__users"):
        until: Any = paper.valid_to  # those without an end are not among them
        days = (until - today).days
        step = min((step for step in STEPS if days <= step), default=STEPS[-1]) if days >= 0 else STEPS[-1]
        if paper.reminded_days is not None and paper.reminded_days <= step:
            continue
        sent += _tell(paper, step, at=at)
        # the step is noted after it was told: a worker that dies in between tells once more, never not at all
        SellerPaper.objects.filter(pk=paper.pk).update(reminded_days=step)
    return sent


def _tell(paper: SellerPaper, step: int, *, at: datetime) -> int:
    context = {
        "kind": paper.get_kind_display(),
        "number": paper.number,
        "seller": paper.partner.name,
        "valid_to": paper.valid_to,
        "over": step < 0,
    }
    key = f"seller-paper:{paper.pk}:{paper.valid_to}:{step}"
    return sum(_send(user, url, context, f"{key}:{user.pk}", at) for user, url in _listeners(paper))


def _listeners(paper: SellerPaper) -> Iterator[tuple[User, str]]:
    """Yield who is told, with where the notice leads."""
    told = set()
    for user in operators(WHO_HEARS):
        told.add(user.pk)
        yield user, reverse("shop-papers:edit", args=[paper.pk])
    for user in paper.partner.users.all():
        if user.pk not in told and user.is_active:
            yield user, reverse("shop-sellers:seller", args=[paper.partner.code])


def _send(user: User, url: str, context: dict[str, Any], key: str, at: datetime) -> bool:
    try:
        notice = send_notice(
            kind="seller_paper_ends", to=ON_SITE, user=user, context=context, url=url, key=key, at=at
        )
    except NotSent:
        logger.warning("the reminder %s was not sent", key)
        return False
    return notice.created_at == at
