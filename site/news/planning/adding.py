"""Putting something on the calendar: an idea, a suggestion, or a post that is being written already."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.models import Region
from news.models import NewsPage, Plan
from news.planning.refusals import AlreadyPlanned, PlanRefused


def add_plan(
    *,
    region: Region,
    title: str,
    planned_on: date,
    by: User | None,
    at: datetime,
    origin: str = "",
    post: NewsPage | None = None,
    **facts: Any,
) -> Plan:
    """Plan a post; `facts` are the other fields of a plan.

    One suggestion (`origin`) and one post become one plan each: of two editors who click at once the
    second is told of the plan of the first.

    Raises:
        AlreadyPlanned: the suggestion or the post has a plan.
        PlanRefused: the day is over and nothing is written yet.
    """
    if post is None:
        refuse_past(planned_on, at=at)
    try:
        with transaction.atomic():
            return Plan.objects.create(
                region=region,
                title=title[:80],
                planned_on=planned_on,
                origin=origin,
                post=post,
                changed_by=by,
                changed_at=at,
                **facts,
            )
    except IntegrityError:
        mine = Q(region=region, origin=origin) & ~Q(origin="") | Q(post=post, post__isnull=False)
        found = Plan.objects.filter(mine).first()
        if found is None:
            raise
        raise AlreadyPlanned(found) from None


def refuse_past(day: date, *, at: datetime) -> None:
    """Refuse a day that is over.

    Raises:
        PlanRefused: it is.
    """
    if day < timezone.localdate(at):
        raise PlanRefused(_("That day is over. Choose today or a later one."))
