"""The teacher's side of the door: the screen with the changing code, the list to tick by hand.

Both open once with a network and work on without: the screen carries the codes of its meeting along, the
list keeps what was ticked until it can be sent.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import msgspec
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from brand.activities.refusals import SignUpRefused
from lib import qr, rotating
from lib.names import masked_name
from training.classes import queries
from training.classes.checking_in import code_now, codes_of, tick
from training.classes.door_views import CODE
from training.classes.looking_after import looks_after
from training.classes.meetings import Meeting
from training.classes.views import frame
from training.models import CheckIn

RIGHT = "training.change_checkin"
LATEST_SHOWN = 6
_WORKER = Path(__file__).parents[1] / "static" / "training" / "classes" / "worker.js"


class Tick(msgspec.Struct):
    """Somebody the teacher saw, and when by the teacher's phone, in ms."""

    sign_up: int
    clock: int


_TICKS = msgspec.json.Decoder(list[Tick])


@never_cache
@require_safe
def screen(request: HttpRequest, meeting: int) -> HttpResponse:
    """Show the code of the moment large, for a screen or a tablet at the entrance."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return render(request, "training/classes/screen.html", _screen(request, meeting))


@never_cache
@require_safe
def screen_now(request: HttpRequest, meeting: int) -> HttpResponse:
    """Return the part of the screen that changes, for the script on it."""
    return render(request, "training/classes/includes/screen_now.html", _screen(request, meeting))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: HttpRequest, meeting: int) -> HttpResponse:
    """Show the list to tick; posted by the form one person, by the script all that the phone kept."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = _admitted(request, meeting)
    if request.method == "POST" and request.content_type == "application/json":
        return _take_kept(request, found)
    refused = _tick_one(request, found) if request.method == "POST" else ""
    return render(
        request, "training/classes/hand.html", _hand(found, refused), status=400 if refused else 200
    )


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Return the service worker; it serves what lies below its own address."""
    response = HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "max-age=0, must-revalidate"
    return response


def _admitted(request: HttpRequest, meeting: int) -> Meeting:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    found = queries.meeting_of(meeting)
    if not looks_after(request.user, found.training_class_id):
        raise PermissionDenied
    return found


def _screen(request: HttpRequest, pk: int) -> dict[str, Any]:
    meeting, now = _admitted(request, pk), timezone.now()
    came = meeting.check_ins.exclude(standing=CheckIn.Standing.STRUCK)
    latest = came.order_by("-received_at").values_list("sign_up__name", flat=True)[:LATEST_SHOWN]
    prefix = f"{request.build_absolute_uri(reverse('training:class-door', args=[pk]))}?{CODE}="
    code = qr.svg(qr.single(prefix + code_now(meeting, at=now)), label=_("Check-in code"))
    return {
        **frame(meeting.training_class),
        "meeting": meeting,
        "opens": meeting.checks_in(at=now) and not meeting.training_class.activity.called_off_at,
        "code": mark_safe(code),  # noqa: S308 - drawn by us
        "seconds": rotating.seconds_left(at=now),
        "came": came.count(),
        "expected": meeting.training_class.activity.places_taken,
        "latest": [masked_name(name) for name in latest],
        "kept": {
            "prefix": prefix,
            "first": int(meeting.opens_at.timestamp()) // rotating.STEP,
            "step": rotating.STEP,
            "codes": codes_of(meeting),
            "now": int(now.timestamp() * 1000),
        },
    }


def _hand(meeting: Meeting, refused: str) -> dict[str, Any]:
    came = {each.sign_up_id: each for each in meeting.check_ins.all()}
    people = meeting.training_class.activity.sign_ups.live().order_by("name", "pk")
    return {
        **frame(meeting.training_class, (_("List to tick"), "")),
        "meeting": meeting,
        "rows": [(person, came.get(person.pk)) for person in people],
        "refused": refused,
    }


def _tick_one(request: HttpRequest, meeting: Meeting) -> str:
    """Tick the person of the button; return why not, or nothing."""
    pk = request.POST.get("sign_up", "")
    answer = _tick(request, meeting, int(pk) if pk.isdecimal() and len(pk) < 19 else 0, None)
    return str(answer.get("reason", ""))


def _take_kept(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        ticks = _TICKS.decode(request.body)
    except (msgspec.DecodeError, RecursionError):
        return JsonResponse({"error": _("This is no check-in.")}, status=400)
    answers = {each.sign_up: _tick(request, meeting, each.sign_up, _moment(each.clock)) for each in ticks}
    return JsonResponse({"answers": answers})


def _tick(request: HttpRequest, meeting: Meeting, pk: int, seen_at: datetime | None) -> dict[str, str]:
    people = meeting.training_class.activity.sign_ups.select_related("activity", "user")
    person = people.filter(pk=pk).first()
    if person is None:
        return {"state": "refused", "reason": _("Nobody on the list is called that.")}
    by, now = cast("User", request.user), timezone.now()
    try:
        _made, is_new = tick(meeting=meeting, sign_up=person, by=by, at=now, seen_at=seen_at)
    except SignUpRefused as refused:
        return {"state": "refused", "reason": f"{person.name}: {refused}"}
    return {"state": "new" if is_new else "known"}


def _moment(milliseconds: int) -> datetime | None:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
