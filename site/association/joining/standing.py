"""How an application stands once it is sent off: its state, taking it back, its papers."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.joining.gate import Applicant, own_application, posted, signed_in, to_application
from association.joining.pages import frame_of
from brand.membership.drafts import (
    NotOpen,
    TooManyOpen,
    begin_application,
    delete_draft,
    withdraw_application,
)
from brand.membership.files import paper_response
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.sections import SECTIONS, label_of, shown
from brand.membership.trail import trail_of


def state_page(request: Applicant, application: MembershipApplication) -> HttpResponse:
    """Show how an application stands that can no longer be changed. 3 queries."""
    context = {
        **frame_of(application),
        "overdue": application.is_overdue(on=timezone.localdate()),
        "steps": trail_of(application, for_officers=False),
        "sections": [
            (section.title, [(label_of(name), shown(application, name)) for name in section.fields])
            for section in SECTIONS
            if section.slug != "papers"
        ],
        "papers": application.papers.all(),
    }
    return render(request, "association/joining/state.html", context)


@own_application
@posted
def withdraw(request: Applicant, application: MembershipApplication) -> HttpResponseBase:
    """Take the application back."""
    try:
        withdraw_application(application=application, by=request.user, at=timezone.now())
    except NotOpen:
        messages.error(request, _("It was decided meanwhile and cannot be taken back."))
    else:
        messages.success(request, _("You have taken the application back. Nobody works on it any more."))
    return to_application(application)


@own_application
@posted
def delete(request: Applicant, application: MembershipApplication) -> HttpResponseBase:
    """Delete a draft with its papers."""
    try:
        delete_draft(application=application)
    except NotOpen:
        messages.error(request, _("It was sent off and can only be taken back."))
        return to_application(application)
    messages.success(request, _("The draft and its papers are deleted."))
    return redirect("association:applications")


@own_application
@posted
def again(request: Applicant, application: MembershipApplication) -> HttpResponseBase:
    """Begin a new application with what stood in one that led to nothing."""
    try:
        new = begin_application(
            region=application.region, applicant=request.user, at=timezone.now(), like=application
        )
    except TooManyOpen as refusal:
        messages.error(request, str(refusal))
        return to_application(application)
    messages.success(request, _("Your text is taken over. Papers have to be added anew."))
    return to_application(new)


@signed_in
@require_safe
def paper(request: Applicant, pk: int) -> FileResponse:
    """Hand out a paper to who added it."""
    return paper_response(get_object_or_404(MembershipPaper, pk=pk, application__applicant=request.user))
