"""What is on: the list, one activity, its calendar file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.activities import queries
from association.activities.calendar import calendar_file
from brand.models import Activity
from cms.navigation import in_language
from lib.jsonld import jsonld_block

COMING_SHOWN = 60
PAST_A_PAGE = 12


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """Show what is coming in this county and what has been, of one kind if asked."""
    now, region = timezone.now(), getattr(request, "region", None)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Activity.Kind.values else ""
    past = Paginator(queries.past(region, kind=kind, at=now), PAST_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Activities"),
        "description": _(
            "Salons, fairs, trainings and festivals of the association: when, where, who may come."
        ),
        "trail": [brand(), (_("Activities"), "")],
        "coming": queries.coming(region, kind=kind, at=now)[:COMING_SHOWN],
        "past": past,
        "kinds": Activity.Kind.choices,
        "kind": kind,
        "now": now,
    }
    return render(request, "association/activities/list.html", context)


@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one activity: when, where, what, and the way to a place."""
    found, now = queries.shown(slug), timezone.now()
    if found.home != Activity.Home.ASSOCIATION:
        return redirect(found)
    context = {
        **frame(found),
        "description": found.summary or found.text[:120],
        "takes": found.takes_people(at=now),
        "now": now,
        "is_over": found.ends_at <= now,
        "is_now": found.starts_at <= now < found.ends_at,
        "waiting": found.sign_ups.queue().count() if found.is_full else 0,
        "structured_data": jsonld_block(_event(found, request)),
    }
    return render(request, "association/activities/activity.html", context)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the activity out as a calendar file."""
    found = queries.shown(slug)
    url = request.build_absolute_uri(found.get_absolute_url())
    body = calendar_file(found, url=url, host=request.get_host(), at=timezone.now())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return answer


def brand() -> tuple[str, str]:
    """Return the step of the trail that leads to the brand's page."""
    return _("The brand"), in_language("/brand/")


def frame(found: Activity, *below: tuple[str, str]) -> dict[str, Any]:
    """Return what every page about one activity shares; `below` are the steps of the trail after it."""
    own = (found.title, found.get_absolute_url() if below else "")
    return {
        "title": below[-1][0] if below else found.title,
        "trail": [brand(), (_("Activities"), reverse("association:activities")), own, *below],
        "region": found.region,
        "activity": found,
    }


def _event(found: Activity, request: HttpRequest) -> dict[str, Any]:
    status = "EventCancelled" if found.called_off_at else "EventScheduled"
    return {
        "@type": "Event",
        "name": found.title,
        "description": found.summary,
        "startDate": timezone.localtime(found.starts_at).isoformat(),
        "endDate": timezone.localtime(found.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": found.place, "address": found.address or found.place},
        "maximumAttendeeCapacity": found.capacity,
        "url": request.build_absolute_uri(found.get_absolute_url()),
    }
