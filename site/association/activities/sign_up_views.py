"""Signing up: who is signed in has a place at once, everybody else confirms a phone first."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from association.activities import pending
from association.activities.forms import SignUpForm
from association.activities.queries import shown
from association.activities.views import frame
from brand.activities.places import sign_up
from brand.activities.refusals import AlreadySignedUp, SignUpRefused
from brand.members.representatives import members_of
from brand.models import Activity, Member, SignUp
from brand.phones import CodeRefused
from notices.send import NotSent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who comes; posted, give the place or send the code."""
    activity = shown(slug)
    user = request.user if isinstance(request.user, User) else None
    if elsewhere := _elsewhere(request, activity, user):
        return redirect(elsewhere)
    members = members_of(request.user)
    is_closed = activity.audience == Activity.Audience.MEMBERS
    if is_closed and user is None:
        return redirect_to_login(request.get_full_path())
    if is_closed and not members:
        context = frame(activity, (_("Sign up"), ""))
        return render(request, "association/activities/members_only.html", context, status=403)
    form = SignUpForm(request.POST or None, user=user, members=members, members_only=is_closed)
    if request.method == "POST" and form.is_valid():
        answer = _place(request, activity, user, form) if user else _send_code(request, activity, form)
        if answer is not None:
            return answer
    return _page(request, activity, form)


def _elsewhere(request: HttpRequest, activity: Activity, user: User | None) -> Activity | SignUp | None:
    """Return what there is to see instead: an activity held or closed elsewhere, a place one has already."""
    if activity.home != Activity.Home.ASSOCIATION:
        return activity
    if not activity.takes_people(at=timezone.now()):
        messages.info(request, _("Sign-up for this activity is over."))
        return activity
    mine: SignUp | None = activity.sign_ups.live().filter(user=user).first() if user else None
    return mine


def greet(request: HttpRequest, made: SignUp) -> HttpResponse:
    """Say what came of it, on the person's own page, and remember in this browser whose it is."""
    pending.remember(request, made)
    if made.state == SignUp.State.GOING:
        messages.success(request, _("You have a place."))
    else:
        messages.info(request, _("Every place is taken. You are on the waiting list."))
    return redirect(made)


def _place(request: HttpRequest, activity: Activity, user: User, form: SignUpForm) -> HttpResponse | None:
    member: Member | None = form.cleaned_data.get("member")
    try:
        made = sign_up(
            activity=activity,
            name=form.cleaned_data["name"],
            phone=user.phone if user.phone and user.phone_verified else "",
            user=user,
            member=member,
            at=timezone.now(),
        )
    except AlreadySignedUp as refused:
        messages.info(request, str(refused))
        return redirect(refused.sign_up) if refused.sign_up.user_id == user.pk else redirect(activity)
    except SignUpRefused as refused:
        form.add_error(None, str(refused))
        return None
    return greet(request, made)


def _send_code(request: HttpRequest, activity: Activity, form: SignUpForm) -> HttpResponse | None:
    facts = pending.Pending(form.cleaned_data["name"], form.cleaned_data["phone"])
    try:
        pending.begin(request, activity, facts, at=timezone.now())
    except CodeRefused as refused:
        form.add_error("phone", str(refused))
    except NotSent:
        form.add_error("phone", _("The SMS could not be sent just now. Try again in a minute."))
    else:
        return redirect("association:activity-code", slug=activity.slug)
    return None


def _page(request: HttpRequest, activity: Activity, form: SignUpForm) -> HttpResponse:
    context: dict[str, Any] = {**frame(activity, (_("Sign up"), "")), "form": form}
    status = 400 if form.errors else 200
    return render(request, "association/activities/sign_up.html", context, status=status)
