"""Reminders: the author a day before and when the day is over; the editors when the week runs short.

Each is told once, whichever run of the task comes first, and only by day: nobody's phone rings at night.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from lib import dates
from news.models import Plan
from news.planning.entries import entries
from news.planning.standing import Standing, standings
from news.planning.tones import Tone
from news.planning.weeks import days_of_week
from notices.send import ON_SITE, NotSent, send_notice

DAY_BEGINS, DAY_ENDS = 8, 21  # o'clock, in the site's time zone
SHORT_FROM = 3  # Thursday: there is time left to write one
OVERDUE_KEPT = timedelta(days=7)  # older plans nobody is told of for the first time

logger = logging.getLogger(__name__)


def remind(*, at: datetime) -> None:
    """Tell whoever is to be told at that moment."""
    if not DAY_BEGINS <= timezone.localtime(at).hour < DAY_ENDS:
        return
    with translation.override(settings.LANGUAGE_CODE):
        _remind_authors(at=at)
        _remind_of_the_week(at=at)


def _remind_authors(*, at: datetime) -> None:
    """Tell of plans of tomorrow, and of those of last week whose post is neither out nor approved."""
    today = timezone.localdate(at)
    tomorrow = today + timedelta(days=1)
    for card in entries(first=today - OVERDUE_KEPT, last=tomorrow, at=at):
        plan = card.plan
        if plan is None or not card.is_plan:
            continue
        if card.day == tomorrow and card.tone in {Tone.PLANNED, Tone.DRAFT}:
            _tell_of(plan, "post_due", at=at)
        elif card.tone == Tone.OVERDUE:
            _tell_of(plan, "post_overdue", at=at)


def _tell_of(plan: Plan, kind: str, *, at: datetime) -> None:
    """Tell the author; a plan of nobody's is every editor's."""
    people: Iterable[User] = [plan.author] if plan.author and plan.author.is_active else editors()
    context = {"title": plan.title, "county": plan.region.name, "day": dates.day(plan.planned_on)}
    key = f"{kind}:{plan.pk}:{plan.planned_on}"
    _tell(
        people, kind=kind, context=context, key=key, url=_calendar(plan.planned_on, plan.region.slug), at=at
    )


def _remind_of_the_week(*, at: datetime) -> None:
    """From Thursday on tell every editor which counties are short of posts, once a week."""
    today = timezone.localdate(at)
    if today.weekday() < SHORT_FROM:
        return
    week = days_of_week(today)
    short = [
        one for one in standings(entries(first=week[0], last=week[-1], at=at), day=today) if one.is_short
    ]
    if short:
        context = {"short": [_line(one) for one in short], "count": len(short)}
        key = f"week_short:{week[0]}"
        _tell(editors(), kind="week_short", context=context, key=key, url=_calendar(today, "all"), at=at)


def _line(standing: Standing) -> dict[str, Any]:
    return {
        "county": standing.region.name,
        "sure": standing.sure,
        "planned": standing.planned,
        "least": standing.least,
    }


def editors() -> QuerySet[User]:
    """Return who writes the posts."""
    return User.objects.filter(groups__role__slug="editor", is_active=True)


def _calendar(day: date, region: str) -> str:
    return f"{reverse('news-calendar:index')}?day={day.isoformat()}&region={region}"


def _tell(
    people: Iterable[User], *, kind: str, context: Mapping[str, Any], key: str, url: str, at: datetime
) -> None:
    for person in people:
        try:
            send_notice(
                kind=kind,
                to=ON_SITE,
                user=person,
                context=context,
                at=at,
                key=f"{key}:{person.pk}",
                url=url,
            )
        except NotSent:
            logger.exception("a notice of %s stays unsent; the next run tries again", kind)
