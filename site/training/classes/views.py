"""What classes there are, and one of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.navigation import in_language
from lib.jsonld import jsonld_block
from training.classes import queries
from training.classes.giving_feedback import WORDS_FROM, echo_of
from training.classes.looking_after import looks_after
from training.classes.meetings import OPENS
from training.classes.training_class import TrainingClass
from training.models import ClassPhoto, Kind

COMING_SHOWN = 60
PAST_A_PAGE = 12


@require_safe
def class_list(request: HttpRequest) -> HttpResponse:
    """Show what is coming in this county and what has been, of one kind if asked. At most 8 queries."""
    now, region = timezone.now(), getattr(request, "region", None)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    past = Paginator(queries.past(region, kind=kind, at=now), PAST_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Classes and live streams"),
        "description": _("In a room, on a field or on the phone: when, where, who teaches, and your place."),
        "trail": [training(), (_("Classes and live streams"), "")],
        "coming": queries.coming(region, kind=kind, at=now)[:COMING_SHOWN],
        "past": past,
        "kinds": Kind.choices,
        "kind": kind,
        "now": now,
    }
    return render(request, "training/classes/list.html", context)


@require_safe
def one_class(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one class: when, where, who teaches, and the way to a place."""
    found, now = queries.shown(slug), timezone.now()
    activity, echo = found.activity, echo_of(found)
    context = {
        **frame(found),
        "description": activity.summary or activity.text[:120],
        "takes": activity.takes_people(at=now),
        "now": now,
        "is_over": activity.ends_at <= now,
        "is_now": activity.starts_at <= now < activity.ends_at,
        "shows_stream": found.live_url and activity.starts_at - OPENS <= now < activity.ends_at,
        "waiting": activity.sign_ups.queue().count() if activity.is_full else 0,
        "echo": echo if echo.answers >= WORDS_FROM else None,
        "photos": found.photos.filter(is_public=True),
        "structured_data": jsonld_block(_event(found, request)),
    }
    return render(request, "training/classes/class.html", context)


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand a photo out: to everybody where it is shown, else to those who look after classes."""
    found = get_object_or_404(ClassPhoto.objects.select_related("training_class__activity"), pk=pk)
    is_open = found.is_public and found.training_class.activity.is_public
    if not is_open and not _may_see(request, found):
        raise Http404
    response = FileResponse(found.file.open(), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=300" if is_open else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _may_see(request: HttpRequest, found: ClassPhoto) -> bool:
    may = request.user.has_perm("training.view_classphoto")
    return may and looks_after(request.user, found.training_class_id)


def training() -> tuple[str, str]:
    """Return the step of the trail that leads to the courses."""
    return _("Training"), in_language("/training/")


def frame(found: TrainingClass, *below: tuple[str, str]) -> dict[str, Any]:
    """Return what every page about one class shares; `below` are the steps of the trail after it."""
    activity = found.activity
    own = (activity.title, found.get_absolute_url() if below else "")
    return {
        "title": below[-1][0] if below else activity.title,
        "trail": [training(), (_("Classes and live streams"), reverse("training:classes")), own, *below],
        "region": activity.region,
        "class": found,
        "activity": activity,
        "meetings": list(found.meetings.all()),
    }


def _event(found: TrainingClass, request: HttpRequest) -> dict[str, Any]:
    """Return the class for search engines (schema.org/EducationEvent)."""
    activity, is_live = found.activity, found.form == TrainingClass.Form.LIVE
    url = request.build_absolute_uri(found.get_absolute_url())
    place = {"@type": "Place", "name": activity.place, "address": activity.address or activity.place}
    return {
        "@type": "EducationEvent",
        "name": activity.title,
        "description": activity.summary,
        "startDate": timezone.localtime(activity.starts_at).isoformat(),
        "endDate": timezone.localtime(activity.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if activity.called_off_at else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{'Online' if is_live else 'Offline'}EventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": url} if is_live else place,
        "performer": {"@type": "Person", "name": found.teacher},
        "maximumAttendeeCapacity": activity.capacity,
        "url": url,
    }
