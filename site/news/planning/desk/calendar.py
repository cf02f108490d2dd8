"""The editors' calendar: the week or month, who is short of posts, what there is to write about."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from brand.models import Region
from news.models import NewsPage
from news.planning.counties import Counties, counties
from news.planning.desk.asked import MONTH, WEEK, Asked, asked
from news.planning.entries import Entry, entries, scheduled_posts
from news.planning.standing import Standing, standings
from news.planning.suggestions.almanac import names_between
from news.planning.suggestions.gathering import suggestions
from news.planning.tones import TONES
from news.planning.weeks import days_of_week

MAY_LOOK = "news.view_plan"
MOST_LOOSE = 12
may_look = permission_required(MAY_LOOK, raise_exception=True)


@require_safe
@may_look
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the calendar."""
    now, known = timezone.now(), counties()
    wanted = asked(request, list(known.rows))
    cards = entries(first=wanted.weeks[0][0], last=wanted.weeks[-1][-1], at=now)
    context = {
        "asked": wanted,
        "views": [(WEEK, _("Week")), (MONTH, _("Month"))],
        "title": _title(wanted),
        "weeks": _grid(wanted, cards, today=timezone.localdate(now)),
        "standings": _standings(wanted, cards, known, now),
        "loose": _loose(wanted, known),
        "suggestions": suggestions(region=wanted.region, at=now) if wanted.region else [],
        "tones": TONES.items(),
        "today": timezone.localdate(now),
        "back": wanted.query(),
        "header_title": _("Calendar of posts"),
        "page_title": _("Calendar of posts"),
        "header_icon": "calendar-alt",
        "breadcrumbs_items": [{"url": "", "label": _("Calendar of posts")}],
    }
    return render(request, "news/admin/calendar.html", context)


def _title(wanted: Asked) -> str:
    first, last = wanted.weeks[0][0], wanted.weeks[-1][-1]
    if wanted.span == MONTH:
        return _("%(month)s/%(year)s") % {"year": wanted.day.year, "month": wanted.day.month}
    facts = {"year": first.year, "from": f"{first.month}/{first.day}", "to": f"{last.month}/{last.day}"}
    return _("%(year)s, %(from)s to %(to)s") % facts


def _grid(wanted: Asked, cards: list[Entry], *, today: date) -> list[list[dict[str, Any]]]:
    """Return weeks of days with their cards."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for card in filter(wanted.shows, cards):
        by_day[card.day].append(card)
    names = names_between(wanted.weeks[0][0], wanted.weeks[-1][-1])
    return [
        [
            {
                "day": day,
                "cards": by_day[day],
                "name": names.get(day, ""),
                "is_today": day == today,
                "is_over": day < today,
                "is_outside": wanted.span == MONTH and day.month != wanted.day.month,
            }
            for day in week
        ]
        for week in wanted.weeks
    ]


def _standings(wanted: Asked, cards: list[Entry], known: Counties, now: datetime) -> list[Standing]:
    """Return how the counties asked for stand this week, whatever week is shown and whoever is filtered."""
    week = days_of_week(timezone.localdate(now))
    shown = wanted.weeks[0][0] <= week[0] and week[-1] <= wanted.weeks[-1][-1]
    of_week = cards if shown else entries(first=week[0], last=week[-1], at=now)
    regions: list[Region] = [wanted.region] if wanted.region else list(known.rows)
    return standings(of_week, day=week[0], regions=regions)


def _loose(wanted: Asked, known: Counties) -> list[tuple[NewsPage, Region]]:
    """Return drafts that are on no day: nobody planned them, nothing says when they go live."""
    drafts = NewsPage.objects.filter(live=False, first_published_at=None, plan=None)
    drafts = drafts.exclude(pk__in=scheduled_posts())
    if wanted.region and wanted.region.site:
        drafts = drafts.descendant_of(wanted.region.site.root_page)
    found = (
        drafts.select_related("owner")
        .defer("body")
        .order_by("-latest_revision_created_at", "-pk")[:MOST_LOOSE]
    )
    return [(post, region) for post in found if (region := known.of(post.path))]
