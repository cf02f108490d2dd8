"""The door: the organiser's screen with the changing code, and the page it leads to."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from association.activities import door as at_door
from association.activities import pending
from association.activities.forms import DoorForm
from association.activities.queries import shown
from association.activities.views import frame
from brand.activities.check_in import check_in, code_now, is_at_the_door
from brand.activities.refusals import CheckInRefused
from brand.models import Activity, SignUp
from lib import qr, rotating
from lib.names import masked_name

LATEST_SHOWN = 6
CODE = "now"  # the parameter of the address in the QR


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the code of the moment; then let whoever stands there check in."""
    activity, now = shown(slug), timezone.now()
    if activity.home != Activity.Home.ASSOCIATION:
        return redirect(activity)
    typed = request.GET.get(CODE, "")
    if typed and is_at_the_door(activity, typed, at=now):
        at_door.give_pass(request, activity, at=now)
        return redirect("association:activity-door", slug=slug)  # the code leaves the address
    mine = pending.mine_at(request, activity)
    if mine and mine.checked_in_at:
        return _page(request, activity, "arrived", sign_up=mine)
    if not at_door.has_pass(request, activity, at=now):
        return _page(request, activity, "scan_again", status=403 if typed else 200)
    if request.method != "POST":
        return _page(request, activity, "door", sign_up=mine, form=DoorForm())
    return _arrive(request, activity, mine)


@never_cache
@require_safe
def screen(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the code of the moment large, for a screen or a tablet at the entrance."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if (elsewhere := shown(slug)).home != Activity.Home.ASSOCIATION:
        return redirect(elsewhere)
    return render(request, "association/activities/screen.html", _screen(request, slug))


@never_cache
@require_safe
def screen_now(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the part of the screen that changes, for the script on it."""
    return render(request, "association/activities/includes/screen_now.html", _screen(request, slug))


def _screen(request: HttpRequest, slug: str) -> dict[str, Any]:
    if not request.user.has_perm("brand.change_signup"):
        raise PermissionDenied
    activity, now = shown(slug), timezone.now()
    came = activity.sign_ups.exclude(checked_in_at=None)
    latest = came.order_by("-checked_in_at").values_list("name", flat=True)[:LATEST_SHOWN]
    path = reverse("association:activity-door", args=[slug])
    url = request.build_absolute_uri(f"{path}?{CODE}={code_now(activity, at=now)}")
    return {
        "activity": activity,
        "region": activity.region,
        "title": activity.title,
        "opens": activity.checks_in(at=now),
        "code": mark_safe(qr.svg(qr.single(url), label=_("Check-in code"))),  # noqa: S308 - drawn by us
        "seconds": rotating.seconds_left(at=now),
        "came": came.count(),
        "expected": activity.places_taken,
        "latest": [masked_name(name) for name in latest],
    }


def _arrive(request: HttpRequest, activity: Activity, mine: SignUp | None) -> HttpResponse:
    """Check in this browser's own place, or the one of the number typed."""
    now, form = timezone.now(), DoorForm(request.POST)
    visitor = at_door.visitor_mark(request.META.get("REMOTE_ADDR", ""), at=now)
    if mine is None:
        if at_door.guesses_too_often(visitor):
            form.add_error(None, _("Too many numbers that are not on the list. Ask the organiser."))
        elif form.is_valid():
            mine = activity.sign_ups.live().filter(phone=form.cleaned_data["phone"]).first()
            if mine is None:
                at_door.note_miss(visitor)
                form.add_error("phone", _("This number is not on the list. Ask the organiser."))
        if mine is None:
            return _page(request, activity, "door", sign_up=None, form=form, status=400)
    mine.activity = activity
    try:
        check_in(sign_up=mine, at=now)
    except CheckInRefused as refused:
        return _page(request, activity, "door", sign_up=mine, form=DoorForm(), refused=refused, status=400)
    pending.remember(request, mine)
    return redirect("association:activity-door", slug=activity.slug)


def _page(
    request: HttpRequest, activity: Activity, name: str, *, status: int = 200, **facts: Any
) -> HttpResponse:
    context = {**frame(activity, (_("Check in"), "")), **facts, "name": _name(request, facts.get("sign_up"))}
    return render(request, f"association/activities/{name}.html", context, status=status)


def _name(request: HttpRequest, mine: SignUp | None) -> str:
    """Return the name that is shown: whole to the account itself, masked to whoever typed a number."""
    if mine is None:
        return ""
    is_own = mine.user_id is not None and mine.user_id == request.user.pk
    return mine.name if is_own else masked_name(mine.name)
