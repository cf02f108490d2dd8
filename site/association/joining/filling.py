"""Filling the application in: every press of a button keeps everything typed and every file chosen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from association.joining.forms import ApplicationForm, form_of
from association.joining.gate import Applicant, own_application, posted, to_application
from association.joining.pages import frame_of
from association.joining.shown import shown_form
from association.joining.standing import state_page
from association.joining.uploads import keep_papers, remove_named
from brand.membership.drafts import ChangedMeanwhile, NotOpen, differences, save_draft
from brand.membership.models import MembershipApplication
from brand.membership.phone import ask_for_code, confirm_phone
from brand.membership.submitting import Incomplete, submit_application
from brand.phones import CodeRefused
from lib.dates import clock
from lib.phone import InvalidPhone
from notices.send import NotSent

Pressed = Callable[[Applicant, MembershipApplication], HttpResponseBase]


@own_application
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: Applicant, application: MembershipApplication) -> HttpResponseBase:
    """Show the form, or how the application stands; posted, keep what was typed and do what was pressed."""
    if not application.is_open:
        if request.method == "POST":
            messages.error(request, str(NotOpen()))
            return to_application(application)
        return state_page(request, application)
    if request.method != "POST":
        return _page(request, application, form_of(application))
    return _pressed(request, application)


@own_application
@posted
def autosave(request: Applicant, application: MembershipApplication) -> JsonResponse:
    """Keep what was typed, without a page: the small script calls this while somebody writes."""
    form = ApplicationForm(request.POST)
    form.is_valid()
    now = timezone.now()
    try:
        kept = save_draft(
            application=application, values=form.typed(), version=form.cleaned_data.get("version", 0), at=now
        )
    except (ChangedMeanwhile, NotOpen) as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({"version": kept.version, "message": _("Saved at %(time)s") % {"time": clock(now)}})


def _pressed(request: Applicant, application: MembershipApplication) -> HttpResponseBase:
    form = ApplicationForm(request.POST)
    fits = form.is_valid()
    refused_papers = keep_papers(request, application)
    values = form.typed() | {
        name: getattr(application, name) for name in request.POST.getlist("take") if name in form.typed()
    }
    version = form.cleaned_data.get("version", 0)
    try:
        kept = save_draft(application=application, values=values, version=version, at=timezone.now())
    except NotOpen as refusal:
        messages.error(request, str(refusal))
        return to_application(application)
    except ChangedMeanwhile as lost:
        return _choose(request, lost, form)
    if not fits or refused_papers:
        form.data = _over(form, kept)
        return _page(request, kept, form, refused_papers=refused_papers, status=400)
    act, _sep, about = request.POST.get("do", "save").partition(":")
    return _ACTS.get(act, _save)(request, kept, about)


def _save(request: Applicant, application: MembershipApplication, _about: str) -> HttpResponseBase:
    messages.success(request, _("Saved. You can go on whenever you like."))
    return to_application(application)


def _remove(request: Applicant, application: MembershipApplication, about: str) -> HttpResponseBase:
    if remove_named(application, about):
        messages.success(request, _("The paper is removed."))
    return to_application(application, "papers")


def _add(request: Applicant, application: MembershipApplication, _about: str) -> HttpResponseRedirect:
    return to_application(application, "papers")


def _send_code(request: Applicant, application: MembershipApplication, _about: str) -> HttpResponseBase:
    address = request.META.get("REMOTE_ADDR", "")
    try:
        ask_for_code(application=application, user=request.user, address=address, at=timezone.now())
    except (CodeRefused, InvalidPhone) as refusal:
        return _page(
            request, application, form_of(application), said={"contact_phone": str(refusal)}, status=400
        )
    except NotSent:
        words = _("The message could not be sent. Try again in a minute.")
        return _page(request, application, form_of(application), said={"contact_phone": words}, status=502)
    messages.success(request, _("A code is on its way to that phone. Type it in beside the number."))
    return to_application(application, "contact")


def _confirm(request: Applicant, application: MembershipApplication, _about: str) -> HttpResponseBase:
    typed = request.POST.get("code", "")
    try:
        confirm_phone(application=application, typed=typed, at=timezone.now())
    except (CodeRefused, InvalidPhone) as refusal:
        return _page(request, application, form_of(application), said={"code": str(refusal)}, status=400)
    except NotOpen as refusal:
        messages.error(request, str(refusal))
        return to_application(application)
    messages.success(request, _("The number is confirmed."))
    return to_application(application, "contact")


def _submit(request: Applicant, application: MembershipApplication, _about: str) -> HttpResponseBase:
    try:
        submit_application(application=application, by=request.user, at=timezone.now())
    except Incomplete as refusal:
        return _page(request, application, form_of(application), said=refusal.problems, status=400)
    except ChangedMeanwhile as lost:
        return _choose(request, lost, ApplicationForm(request.POST))
    except NotOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent off. You read here, and by SMS, what becomes of it."))
    return to_application(application)


_ACTS: dict[str, Callable[[Applicant, MembershipApplication, str], HttpResponseBase]] = {
    "save": _save,
    "add": _add,
    "remove": _remove,
    "code": _send_code,
    "confirm": _confirm,
    "submit": _submit,
}


def _over(form: ApplicationForm, application: MembershipApplication) -> dict[str, Any]:
    """Return what was typed, to be sent again over the application as it is now."""
    return {**{name: form.data[name] for name in form.data}, "version": application.version}


def _choose(request: Applicant, lost: ChangedMeanwhile, form: ApplicationForm) -> HttpResponse:
    """Show both texts of every field that differs; nothing of either is lost."""
    form.is_valid()
    other = differences(lost.application, form.typed())
    form.data = _over(form, lost.application)
    return _page(request, lost.application, form, other=other, status=409)


def _page(
    request: Applicant,
    application: MembershipApplication,
    form: ApplicationForm,
    *,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    context = {**frame_of(application), **shown_form(application, form, **said), "form": form}
    return render(request, "association/joining/form.html", context, status=status)
