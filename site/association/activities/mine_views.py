"""One's own places: the page behind the link of the notice, saying yes, giving up, the list of an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from association.activities.queries import sign_up_of, turn
from association.activities.views import brand, frame
from brand.activities.places import accept, cancel
from brand.activities.refusals import SignUpRefused
from brand.models import SignUp

MOST_SHOWN = 50


@never_cache
@require_safe
def one(request: HttpRequest, token: str) -> HttpResponse:
    """Show where somebody stands, and what they can do about it."""
    found, now = sign_up_of(token), timezone.now()
    waits = found.state == SignUp.State.WAITING
    context = {
        **frame(found.activity, (_("Your place"), "")),
        "sign_up": found,
        "turn": turn(found) if waits else 0,
        "may_accept": found.state == SignUp.State.OFFERED and found.answer_by and found.answer_by >= now,
        "may_cancel": found.state in SignUp.LIVE and not found.checked_in_at and now < found.activity.ends_at,
        "may_return": found.state not in SignUp.LIVE and found.activity.takes_people(at=now),
    }
    return render(request, "association/activities/mine.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_place(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes to the offered place."""
    found = sign_up_of(token)
    if request.method == "POST":
        try:
            accept(sign_up=found, at=timezone.now())
            messages.success(request, _("You have a place."))
        except SignUpRefused as refused:
            messages.error(request, str(refused))
    return redirect(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_place(request: HttpRequest, token: str) -> HttpResponse:
    """Give the place, the offer or the turn up."""
    found = sign_up_of(token)
    if request.method == "POST":
        try:
            cancel(sign_up=found, at=timezone.now())
            messages.success(request, _("Given up. Thank you for saying so: somebody else can come."))
        except SignUpRefused as refused:
            messages.error(request, str(refused))
    return redirect(found)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what the account signed up for, newest first."""
    sign_ups = SignUp.objects.filter(user=request.user).select_related("activity")  # type: ignore[misc]
    title = _("My activities")
    context = {
        "title": title,
        "trail": [brand(), (title, "")],
        "sign_ups": sign_ups.order_by("-activity__starts_at", "-pk")[:MOST_SHOWN],
    }
    return render(request, "association/activities/mine_list.html", context)
