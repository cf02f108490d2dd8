"""Licences on the desk: the list, the form of an application, what became of it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from association.licences.desk.editing import Editing
from association.licences.desk.papers import printable
from association.licences.desk.steps import steps_of
from association.licences.queries import licences_of
from brand.licences.applications.drafts import NotChangeable, discard_draft
from brand.licences.applications.moving import AlreadyMoved
from brand.licences.applications.submission import withdraw_application
from brand.licences.applications.trail import trail_of
from brand.licences.renewals import reason_against_renewal, renewable_licences
from brand.licences.uses import use_names
from brand.models import Licence, LicenceApplication
from lib.by_post import by_post
from lib.nice import CLASSES


@require_safe
@member_page
def licences(request: MemberRequest) -> HttpResponse:
    """List the licences and applications of the member."""
    today = timezone.localdate()
    held = licences_of(request.member, on=today)
    renewable = {licence.pk for licence in renewable_licences(request.member, on=today)}
    applications = request.member.licence_applications.select_related("renews", "licence")
    asked = {application.renews_id for application in applications if not application.is_over}
    context = {
        "licences": [
            (checked, printable(checked.licence), checked.licence.pk in renewable - asked) for checked in held
        ],
        "applications": applications,
    }
    return desk_page(request, "association/licences/desk/licences.html", context, title=_("Licences"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def apply(request: MemberRequest) -> HttpResponse:
    """Begin an application; one of a renewal begins with what the old licence says."""
    renews = None
    if number := request.GET.get("renews", ""):
        renews = get_object_or_404(request.member.licences, number=number)
        if answer := _renewal_elsewhere(request, renews):
            return answer
    editing = Editing(request, renews=renews)
    return editing.save() if request.method == "POST" else editing.show()


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def application(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an application: its form while the member may change it, else how far it has come."""
    held = _application(request, pk)
    if held.is_with_member:
        editing = Editing(request, application=held)
        return editing.save() if request.method == "POST" else editing.show()
    if request.method == "POST":
        messages.error(
            request,
            _("The application is “%(state)s” and cannot be changed now.")
            % {"state": held.get_state_display()},
        )
        return redirect("desk:licence_application", pk=pk)
    context = {
        "application": held,
        "steps": steps_of(held),
        "trail_of_it": trail_of(held),
        "wanted": held.wanted.select_related("product"),
        "uses": use_names(held.uses),
        "classes": [(number, CLASSES[number]) for number in held.trademark_classes],
        "checks": held.site_checks.all(),
    }
    return desk_page(
        request,
        "association/licences/desk/application.html",
        context,
        title=_("Application %(number)s") % {"number": held.number or ""},
        above=((_("Licences"), reverse("desk:licences")),),
    )


@by_post("desk:licence_application")
@member_page
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an application back."""
    held = _application(request, pk)
    try:
        withdraw_application(application=held, by=request.user, at=timezone.now())
        messages.success(request, _("The application is taken back."))
    except AlreadyMoved as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("desk:licence_application", args=[pk]))


@by_post("desk:licence_application")
@member_page
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    try:
        discard_draft(application=_application(request, pk))
        messages.success(request, _("The draft and its papers are gone."))
    except NotChangeable as error:
        messages.error(request, str(error))
    return redirect("desk:licences")


def _application(request: MemberRequest, pk: int) -> LicenceApplication:
    applications = LicenceApplication.objects.select_related("member", "region", "renews", "licence")
    return get_object_or_404(applications, pk=pk, member=request.member)


def _renewal_elsewhere(request: MemberRequest, renews: Licence) -> HttpResponse | None:
    """Return the way to the renewal that is open already, or back with the reason why there can be none."""
    over = LicenceApplication.OVER
    running = renews.renewal_applications.exclude(state__in=over).first()
    if running:
        return redirect("desk:licence_application", pk=running.pk)
    if reason := reason_against_renewal(renews, on=timezone.localdate()):
        messages.error(request, reason)
        return redirect("desk:licences")
    return None
