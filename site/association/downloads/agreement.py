"""The county's terms of use for VI files: read by everybody, accepted by those who act for a member."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from association.downloads.giving import personal
from brand.members.representatives import members_of
from brand.models import Member, VIAcceptance, VIAgreement
from brand.vi.accepting import AgreementChanged, NotAccepted, accept_agreement, agreement_in_force
from cms.navigation import in_language


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def agreement(request: HttpRequest) -> HttpResponse:
    """Show the version in force; record that it is accepted, and lead on to the file that was asked for.

    Raises:
        Http404: the county has put no terms in force.
    """
    member = _member(request)
    region = member.region if member else getattr(request, "region", None)
    in_force = agreement_in_force(region) if region else None
    if in_force is None:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            _accept(request, in_force, member)
        except NotAccepted as refused:
            error = str(refused)
        else:
            messages.success(
                request, _("Noted: you accepted version %(number)s.") % {"number": in_force.number}
            )
            return redirect(_next(request))
    return _page(request, in_force, member, error=error)


def _accept(request: HttpRequest, in_force: VIAgreement, member: Member | None) -> None:
    if not isinstance(request.user, User) or member is None:
        raise NotAccepted(_("You do not act for this member."))
    if request.POST.get("version") != str(in_force.number):
        raise AgreementChanged(_("The terms changed while you were reading. This is the new version."))
    if not request.POST.get("accept"):
        raise NotAccepted(_("Tick that you have read the terms, then press again."))
    accept_agreement(in_force, member=member, user=request.user, at=timezone.now())


def _page(request: HttpRequest, in_force: VIAgreement, member: Member | None, *, error: str) -> HttpResponse:
    accepted = _acceptance(request, in_force, member)
    context: dict[str, Any] = {
        "title": in_force.title,
        "region": in_force.region,
        "agreement": in_force,
        "member": member,
        "accepted": accepted,
        "error": error,
        "next": _next(request),
        "trail": [
            (_("The brand"), in_language("/brand/")),
            (_("VI library"), in_language("/brand/vi/")),
            (in_force.title, ""),
        ],
    }
    return render(request, "association/downloads/agreement.html", context, status=409 if error else 200)


def _acceptance(request: HttpRequest, in_force: VIAgreement, member: Member | None) -> VIAcceptance | None:
    if member is None:
        return None
    return VIAcceptance.objects.filter(agreement=in_force, member=member, user=request.user.pk).first()


def _member(request: HttpRequest) -> Member | None:
    """Return the member the person acts for here: the one named, else one of this county."""
    members = members_of(request.user)
    named = request.POST.get("for") or request.GET.get("for")
    if named:
        return next((member for member in members if member.slug == named), None)
    region = getattr(request, "region", None)
    return next((member for member in members if region and member.region_id == region.pk), None)


def _next(request: HttpRequest) -> str:
    """Return where the person came from: a path of this site, else the library."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if is_ours and asked != reverse("association:vi_agreement") else in_language("/brand/vi/")
