"""A place in a class: signing up with an account, one's own classes, feedback afterwards."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from brand.activities.places import sign_up
from brand.activities.refusals import AlreadySignedUp, SignUpRefused
from brand.models import SignUp
from training.classes import phones, queries
from training.classes.forms import FeedbackForm, WhoForm
from training.classes.giving_feedback import give_feedback, may_answer
from training.classes.places import Place, places_of
from training.classes.refusals import ClassRefused
from training.classes.training_class import TrainingClass
from training.classes.views import frame, training
from training.learning.joining import become_trainee
from training.models import Trainee


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who comes, unless it is known; posted, give the place or a turn to wait."""
    found, user = queries.shown(slug), cast("User", request.user)
    if not found.activity.takes_people(at=timezone.now()):
        messages.info(request, _("Sign-up for this class is over."))
        return redirect(found)
    trainee = Trainee.objects.filter(user=user).first()
    form = None if trainee else WhoForm(request.POST or None, initial={"name": user.get_full_name()})
    if request.method == "POST" and (form is None or form.is_valid()):
        if trainee is None and form is not None:
            facts = {"region": found.activity.region, "at": timezone.now(), **form.cleaned_data}
            trainee = become_trainee(user=user, **facts)
        return _place(request, found, cast("Trainee", trainee))
    context = {**frame(found, (_("Sign up"), "")), "form": form, "trainee": trainee}
    return render(
        request, "training/classes/sign_up.html", context, status=400 if form and form.errors else 200
    )


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the classes of an account; the phone is made ready for a door without a network."""
    places = places_of(cast("User", request.user), at=timezone.now())
    title = _("My classes")
    context = {
        "title": title,
        "trail": [training(), (title, "")],
        "places": places,
        "tickets": _tickets(places),
    }
    response = render(request, "training/classes/mine.html", context)
    return phones.remember(request, response)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who came how it was; nobody sees whose answer it is."""
    found = queries.shown(slug)
    mine = found.activity.sign_ups.filter(user=cast("User", request.user)).order_by("-pk").first()
    if mine is None:
        raise Http404
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(training_class=found, sign_up=mine, at=timezone.now(), **form.cleaned_data)
        except ClassRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Thank you. Nobody sees whose answer it is."))
        return redirect("training:my-classes")
    context = {**frame(found, (_("How was it"), "")), "form": form, "may_answer": may_answer(mine)}
    return render(request, "training/classes/feedback.html", context, status=400 if form.errors else 200)


def _place(request: HttpRequest, found: TrainingClass, trainee: Trainee) -> HttpResponse:
    user = cast("User", request.user)
    phone = user.phone if user.phone and user.phone_verified else ""
    facts: dict[str, Any] = {"name": trainee.name, "phone": phone or "", "user": user}
    try:
        made = sign_up(activity=found.activity, at=timezone.now(), **facts)
    except AlreadySignedUp as refused:
        messages.info(request, str(refused))
    except SignUpRefused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    else:
        if made.state == SignUp.State.GOING:
            messages.success(request, _("You have a place."))
        else:
            messages.info(request, _("Every place is taken. You are on the waiting list."))
    return redirect("training:my-classes")


def _tickets(places: list[Place]) -> list[dict[str, Any]]:
    """Return what the phone keeps for the door: whose place it is, at which meetings, until when."""
    return [
        {
            "ticket": place.sign_up.token,
            "meeting": meeting.pk,
            "title": place.sign_up.activity.title,
            "until": int(meeting.closes_at.timestamp() * 1000),
        }
        for place in places
        if place.is_open
        for meeting in place.meetings
    ]
