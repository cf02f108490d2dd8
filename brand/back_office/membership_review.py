"""The review of an application: everything on one page, remarks beside fields, one winner of two officers."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from brand.back_office.membership_forms import ApproveForm, NoteForm, RefuseForm, ReturnForm, seen_of
from brand.back_office.membership_shown import shown_sections
from brand.members.addresses import free_slug
from brand.members.interests import ConflictOfInterest, has_interest
from brand.membership.files import paper_response
from brand.membership.noting import note_application
from brand.membership.reviewing import (
    NameTaken,
    Overtaken,
    ReasonMissing,
    approve_application,
    refuse_application,
    return_application,
)
from brand.membership.trail import trail_of
from brand.models import MembershipApplication, MembershipPaper

REFUSALS = (ConflictOfInterest, Overtaken, ReasonMissing, NameTaken)
Act = Callable[[MembershipApplication, Any, User], str]
View = Callable[[HttpRequest, int], HttpResponse]


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an application with everything that was said about it."""
    return _page(request, _found(request, pk))


def _act(name: str, form_class: type[forms.Form]) -> Callable[[Act], View]:
    """Turn an act into a view: check the right, read the form, act, say what was done or why not."""

    def decorate(act: Act) -> View:
        @wraps(act)
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            application = _found(request, pk)
            if request.method != "POST":  # a reload after signing in
                return HttpResponseRedirect(_url(application))
            if not request.user.has_perm("brand.change_membershipapplication"):
                raise PermissionDenied
            form = form_class(request.POST)
            if not form.is_valid():
                return _page(request, application, **{name: form})
            try:
                done = act(application, form, cast("User", request.user))
            except REFUSALS as refusal:
                form.add_error(None, str(refusal))
                messages.error(request, str(refusal))  # on top as well: the form may be far below
                now = _found(request, pk)
                # the page shows it as it is now
                form.data = {**{field: form.data[field] for field in form.data}, "seen": now.version}
                return _page(request, now, **{name: form})
            messages.success(request, done)
            return HttpResponseRedirect(_url(application))

        return view

    return decorate


@_act("return_form", ReturnForm)
def send_back(application: MembershipApplication, form: ReturnForm, by: User) -> str:
    """Send it back with remarks."""
    facts = {"seen": form.cleaned_data["seen"], "note": form.cleaned_data["note"]}
    return_application(application=application, remarks=form.remarks(), by=by, at=timezone.now(), **facts)
    return _("Sent back. The applicant was told and sees your remarks beside the fields.")


@_act("approve_form", ApproveForm)
def approve(application: MembershipApplication, form: ApproveForm, by: User) -> str:
    """Approve it."""
    member = approve_application(application=application, by=by, at=timezone.now(), **form.cleaned_data)
    return _("%(name)s is a member now, and the applicant acts for it.") % {"name": member.name}


@_act("refuse_form", RefuseForm)
def refuse(application: MembershipApplication, form: RefuseForm, by: User) -> str:
    """Refuse it."""
    refuse_application(application=application, by=by, at=timezone.now(), **form.cleaned_data)
    return _("Refused. The applicant was told why.")


@_act("note_form", NoteForm)
def note(application: MembershipApplication, form: NoteForm, by: User) -> str:
    """Keep a note."""
    note_application(application=application, text=form.cleaned_data["text"], by=by, at=timezone.now())
    return _("The note is kept.")


@require_safe
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a paper to who reviews applications, and to nobody else."""
    if not request.user.has_perm("brand.view_membershipapplication"):
        raise PermissionDenied
    sent = MembershipPaper.objects.exclude(application__number=None)
    return paper_response(get_object_or_404(sent, pk=pk))


def _found(request: HttpRequest, pk: int) -> MembershipApplication:
    if not request.user.has_perm("brand.view_membershipapplication"):
        raise PermissionDenied
    sent = MembershipApplication.objects.exclude(number=None)
    return get_object_or_404(sent.select_related("region", "applicant", "member", "decided_by"), pk=pk)


def _page(request: HttpRequest, application: MembershipApplication, **tried: forms.Form) -> HttpResponse:
    waits = application.state == MembershipApplication.State.SUBMITTED
    by = cast("User", request.user)
    own = by == application.applicant or has_interest(by, credit_code=application.credit_code)
    context: dict[str, Any] = {
        "application": application,
        "may_decide": waits and not own and by.has_perm("brand.change_membershipapplication"),
        "own": own,
        "overdue": application.is_overdue(on=timezone.localdate()),
        "steps": trail_of(application, for_officers=True),
        "too_late": [] if waits else _words(tried),
        "tried": tried,
        **_forms(application, tried),
        "breadcrumbs_items": [
            {"url": reverse("brand-applications:index"), "label": gettext_lazy("Membership applications")},
            {"url": "", "label": str(application)},
        ],
        "header_title": str(application),
        "page_title": gettext_lazy("Membership application"),
        "page_subtitle": str(application),
        "header_icon": "clipboard-list",
    }
    context["sections"] = shown_sections(application, context["return_form"])
    return render(request, "brand/admin/application.html", context, status=400 if tried else 200)


def _words(tried: dict[str, forms.Form]) -> list[str]:
    """Return what was typed into a form that can no longer be sent, to be copied."""
    return [
        value
        for form in tried.values()
        for name, value in form.cleaned_data.items()
        if name != "seen" and value
    ]


def _forms(application: MembershipApplication, tried: dict[str, forms.Form]) -> dict[str, forms.Form]:
    seen = seen_of(application)
    made: dict[str, forms.Form] = {
        "return_form": ReturnForm(initial=seen),
        "approve_form": ApproveForm(initial=seen | {"slug": free_slug(application.name)}),
        "refuse_form": RefuseForm(initial=seen),
        "note_form": NoteForm(),
    }
    return made | tried


def _url(application: MembershipApplication) -> str:
    return reverse("brand-applications:review", args=[application.pk])
