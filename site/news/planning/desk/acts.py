"""What is done on the calendar: a card moved, a suggestion taken or set aside, a draft begun.

Every act is a plain form, so that dragging, keys and buttons send the same thing; what was done, or why it
was not, is said above the calendar.
"""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.models import Region
from lib import dates
from news.models import NewsPage, Plan
from news.planning.adding import add_plan
from news.planning.beginning import begin_post
from news.planning.changing import change_plan
from news.planning.counties import counties
from news.planning.refusals import AlreadyPlanned, PlanRefused
from news.planning.suggestions.gathering import set_aside, suggestion

may_add = permission_required("news.add_plan", raise_exception=True)
may_change = permission_required("news.change_plan", raise_exception=True)


class DayForm(forms.Form):
    """A day, and the version that was seen."""

    planned_on = forms.DateField()
    seen = forms.IntegerField(required=False)


@may_change
def move(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Move a plan to another day."""
    if request.method != "POST":
        return _back(request)
    plan, form = get_object_or_404(Plan, pk=pk), DayForm(request.POST)
    if not form.is_valid():
        return _refuse(request, _("Give the day as a date."), pk)
    day, seen = form.cleaned_data["planned_on"], form.cleaned_data["seen"] or 0
    if day == plan.planned_on and seen == plan.version:
        return _back(request, pk)
    try:
        moved = change_plan(plan=plan, seen=seen, by=_by(request), at=timezone.now(), planned_on=day)
    except PlanRefused as error:
        return _refuse(request, str(error), pk)
    messages.success(request, _said(moved, moved.planned_on))
    return _back(request, pk)


@may_change
def begin(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Make the draft of a plan, or find it, and open it."""
    if request.method != "POST":
        return _back(request)
    plan = get_object_or_404(Plan.objects.select_related("region__site"), pk=pk)
    try:
        post = begin_post(plan=plan, by=_by(request), at=timezone.now())
    except PlanRefused as error:
        return _refuse(request, str(error), pk)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[post.pk]))


@may_add
def suggested(request: HttpRequest) -> HttpResponseRedirect:
    """Plan a suggestion, or set it aside."""
    if request.method != "POST":
        return _back(request)
    region = get_object_or_404(Region, slug=request.POST.get("region", ""))
    origin = request.POST.get("origin", "")
    if request.POST.get("act") == "aside":
        set_aside(region=region, origin=origin, at=timezone.now())
        messages.success(request, _("It will not be suggested again."))
        return _back(request)
    found = suggestion(region=region, origin=origin, at=timezone.now())
    if found is None:
        return _refuse(request, _("This suggestion is no longer made; it happened too long ago."))
    facts = {
        "category": found.category,
        "note": found.note,
        "product_id": found.product,
        "base_id": found.base,
    }
    return _plan(request, region=region, title=found.title, origin=found.origin, **facts)


@may_add
def plan_post(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Put a draft that nobody planned on the calendar."""
    if request.method != "POST":
        return _back(request)
    post = get_object_or_404(NewsPage, pk=pk)
    region = counties().of(post.path)
    if region is None:
        return _refuse(request, _("This post is on no county's site."))
    return _plan(
        request, region=region, title=post.title, post=post, category=post.category, author=post.owner
    )


def _plan(request: HttpRequest, *, region: Region, title: str, **facts: Any) -> HttpResponseRedirect:
    form = DayForm(request.POST)
    if not form.is_valid():
        return _refuse(request, _("Give the day as a date."))
    day, by = form.cleaned_data["planned_on"], _by(request)
    facts = {"author": by} | facts
    try:
        plan = add_plan(region=region, title=title, planned_on=day, by=by, at=timezone.now(), **facts)
    except AlreadyPlanned as error:
        return _refuse(request, str(error), error.plan.pk)
    except PlanRefused as error:
        return _refuse(request, str(error))
    messages.success(request, _said(plan, plan.planned_on))
    return _back(request, plan.pk)


def _said(plan: Plan, day: date) -> str:
    return _("“%(title)s” is planned for %(day)s.") % {"title": plan.title, "day": dates.day(day)}


def _refuse(request: HttpRequest, why: str, pk: int | None = None) -> HttpResponseRedirect:
    messages.error(request, why)
    return _back(request, pk)


def _back(request: HttpRequest, pk: int | None = None) -> HttpResponseRedirect:
    """Lead back to the days and filters the form was sent from, to the card it was about."""
    query = QueryDict(request.POST.get("back", "")[:300]).urlencode()
    anchor = f"#plan-{pk}" if pk else ""
    return HttpResponseRedirect(f"{reverse('news-calendar:index')}{f'?{query}' if query else ''}{anchor}")


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)
