"""Lists of licences for everybody: what is about to be given, what was revoked."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.licences.queries import published_applications, revoked_licences
from brand.licences.uses import use_names
from brand.models import LicenceApplication
from cms.navigation import in_language
from lib.nice import CLASSES

A_PAGE = 50


@require_safe
def revoked(request: HttpRequest) -> HttpResponse:
    """List the revoked licences of this county."""
    rows = revoked_licences(getattr(request, "region", None))
    context = {
        "title": _("Revoked licences"),
        "description": _("Who may not use the brand any more, and why."),
        "trail": [*above(), (_("Revoked licences"), "")],
        "licences": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "association/licences/revoked.html", context)


@require_safe
def publicity(request: HttpRequest) -> HttpResponse:
    """List the applications that are public in this county."""
    rows = published_applications(getattr(request, "region", None))
    context = {
        "title": _("About to be licensed"),
        "description": _("Applications that are public before they are decided."),
        "trail": [*above(), (_("About to be licensed"), "")],
        "applications": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "association/licences/publicity.html", context)


@require_safe
def published(request: HttpRequest, number: str) -> HttpResponse:
    """Show one public application; one that became a licence leads there, no other is public any more."""
    application = public_application(number)
    if application.state == LicenceApplication.State.LICENSED and application.licence:
        return redirect("association:licence", number=application.licence.number)
    if application.state != LicenceApplication.State.PUBLICITY:
        raise Http404
    context = {
        "title": _("%(member)s wants to use the brand %(brand)s")
        % {"member": application.member.name, "brand": application.brand_name},
        "trail": [*above(), (_("About to be licensed"), reverse("association:publicity")), (number, "")],
        "region": application.region,
        "application": application,
        "wanted": application.wanted.select_related("product"),
        "uses": use_names(application.uses),
        "classes": [(each, CLASSES[each]) for each in application.trademark_classes],
        "check": application.site_checks.last(),
        "today": timezone.localdate(),
    }
    return render(request, "association/licences/published.html", context)


def public_application(number: str) -> LicenceApplication:
    """Return an application by its number, of any county: its page wears that county's colours."""
    held = LicenceApplication.objects.select_related("member", "region__site", "licence", "renews")
    return get_object_or_404(held, number=number)


def above() -> list[tuple[str, str]]:
    """Return the way down to the licence check."""
    return [
        (_("The brand"), in_language("/brand/")),
        (_("Check a licence"), reverse("association:licence_check")),
    ]
