"""The door of a meeting: the page behind the code, with a network and without, and what phones kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brand.activities.refusals import SignUpRefused
from brand.models import SignUp
from lib.guessing import Guesses
from lib.names import masked_name
from record.scans.places import place_of
from training.classes import phones, queries
from training.classes.checking_in import AT_ONCE, Told, check_in, is_at_the_door
from training.classes.forms import DoorForm
from training.classes.meetings import Meeting
from training.classes.views import frame, training

CODE = "now"  # the parameter of the address in the QR
_SEEN = "class_door"
MOST_KEPT = 40  # check-ins in one delivery

# a hall of people shares one address; a stranger needs the code on the screen first
_GUESSES = Guesses("training.door", allowed=60, window=600)
_DELIVERIES = Guesses("training.kept", allowed=60, window=600)


class Kept(msgspec.Struct):
    """One check-in a phone kept: whose ticket, at which meeting, the code, its own clock in ms."""

    ticket: str
    meeting: int
    code: str
    clock: int


_KEPT = msgspec.json.Decoder(list[Kept])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, meeting: int) -> HttpResponse:
    """Take the code of the moment; then let whoever stands there check in."""
    found, now = queries.meeting_of(meeting), timezone.now()
    typed = request.GET.get(CODE, "")
    if typed and is_at_the_door(found, typed, at=now):
        request.session[_SEEN] = {"meeting": found.pk, "code": typed, "at": now.timestamp()}
        # the code leaves the address
        return phones.remember(request, redirect("training:class-door", meeting=found.pk))
    mine = _mine(request, found)
    if mine and (done := found.check_ins.filter(sign_up=mine).first()):
        return _page(request, found, "arrived", sign_up=mine, check_in=done, was_before=True)
    code = _seen(request, found, at=now)
    if not code:
        return _page(request, found, "scan_again", typed=typed, status=403 if typed else 200)
    if request.method != "POST":
        return _page(request, found, "door", sign_up=mine, form=DoorForm())
    return _arrive(request, found, mine, code)


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page that a phone keeps for when there is no network at the door."""
    context = {
        "title": _("Check in"),
        "trail": [training(), (_("Check in"), "")],
        "description": _("Kept on this phone, sent when there is a network."),
    }
    return render(request, "training/classes/kept.html", context)


@csrf_exempt  # the ticket says whose it is, no cookie does: there is nothing to forge
@require_POST
def kept(request: HttpRequest) -> HttpResponse:
    """Take what a phone kept, and answer for each whether it is written down or why not."""
    now = timezone.now()
    visitor = _DELIVERIES.mark(request.META.get("REMOTE_ADDR", ""), at=now)
    try:
        entries = _KEPT.decode(request.body)[:MOST_KEPT]
    except (msgspec.DecodeError, RecursionError):
        return JsonResponse({"error": _("This is no check-in.")}, status=400)
    if _DELIVERIES.used_up(visitor):
        return JsonResponse({"error": _("Too many attempts. Wait a few minutes.")}, status=429)
    answers = [_deliver(request, entry, now) for entry in entries]
    if any(answer["state"] == "unknown" for answer in answers):
        _DELIVERIES.note(visitor)
    return phones.remember(request, JsonResponse({"answers": answers}))


def _deliver(request: HttpRequest, entry: Kept, now: datetime) -> dict[str, Any]:
    sign_up = SignUp.objects.filter(token=entry.ticket[:24]).select_related("activity", "user").first()
    found = Meeting.objects.filter(pk=entry.meeting).select_related("training_class").first()
    if sign_up is None or found is None or found.training_class.activity_id != sign_up.activity_id:
        return {
            "state": "unknown",
            "reason": _("Nobody knows this place. Tell the teacher that you were there."),
        }
    told = Told(entry.code, phones.mark_of(request, found), _place(request), _clock(entry.clock))
    try:
        made, is_new = check_in(meeting=found, sign_up=sign_up, told=told, at=now)
    except SignUpRefused as refused:
        return {"state": "refused", "reason": str(refused)}
    return {"state": "new" if is_new else "known", "standing": made.standing, "at": made.at.isoformat()}


def _clock(milliseconds: int) -> datetime | None:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def _place(request: HttpRequest) -> str:
    return str(place_of(request) or "")[:60]


def _seen(request: HttpRequest, meeting: Meeting, *, at: datetime) -> str:
    """Return the code this browser saw at the door in the last ten minutes, or nothing."""
    seen = request.session.get(_SEEN)
    if not isinstance(seen, dict) or seen.get("meeting") != meeting.pk:
        return ""
    is_fresh = 0 <= at.timestamp() - float(seen["at"]) <= AT_ONCE.total_seconds()
    return str(seen["code"]) if is_fresh else ""


def _mine(request: HttpRequest, meeting: Meeting) -> SignUp | None:
    if not request.user.is_authenticated:
        return None
    live = meeting.training_class.activity.sign_ups.live().select_related("activity", "user")
    return live.filter(user=request.user).first()


def _arrive(request: HttpRequest, meeting: Meeting, mine: SignUp | None, code: str) -> HttpResponse:
    """Check in the account's own place, or the one of the number typed."""
    now, form = timezone.now(), DoorForm(request.POST)
    visitor = _GUESSES.mark(request.META.get("REMOTE_ADDR", ""), at=now)
    if mine is None:
        if _GUESSES.used_up(visitor):
            form.add_error(None, _("Too many numbers that are not on the list. Ask the teacher."))
        elif form.is_valid():
            live = meeting.training_class.activity.sign_ups.live().select_related("activity", "user")
            mine = live.filter(phone=form.cleaned_data["phone"]).first()
            if mine is None:
                _GUESSES.note(visitor)
                form.add_error("phone", _("This number is not on the list. Ask the teacher."))
        if mine is None:
            return _page(request, meeting, "door", sign_up=None, form=form, status=400)
    told = Told(code, phones.mark_of(request, meeting), _place(request))
    try:
        made, is_new = check_in(meeting=meeting, sign_up=mine, told=told, at=now)
    except SignUpRefused as refused:
        return _page(request, meeting, "door", sign_up=mine, form=DoorForm(), refused=refused, status=400)
    return _page(request, meeting, "arrived", sign_up=mine, check_in=made, was_before=not is_new)


def _page(
    request: HttpRequest, meeting: Meeting, name: str, *, status: int = 200, **facts: Any
) -> HttpResponse:
    context = {
        **frame(meeting.training_class, (_("Check in"), "")),
        **facts,
        "meeting": meeting,
        "name": _name(request, facts.get("sign_up")),
    }
    response = render(request, f"training/classes/{name}.html", context, status=status)
    return phones.remember(request, response)


def _name(request: HttpRequest, mine: SignUp | None) -> str:
    """Return the name that is shown: whole to the account itself, masked to whoever typed a number."""
    if mine is None:
        return ""
    return mine.name if mine.user_id and mine.user_id == request.user.pk else masked_name(mine.name)
