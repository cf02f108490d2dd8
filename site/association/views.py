"""Who may use the brand: the list of members, a member's page, the licence check."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association import guessing
from association.numbers import canonical_number
from association.queries import UnknownLicence, batches_of, check_licence, licences_of, members_of
from brand.models import Member
from cms.navigation import in_language

MEMBERS_A_PAGE = 24


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Show the members of this county, by legal form if asked."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Member.Kind.values else ""
    members = members_of(getattr(request, "region", None), kind=kind, on=timezone.localdate())
    page = Paginator(members, MEMBERS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Members"),
        "description": _("Who belongs to the association, and who may use the brand today."),
        "trail": [_brand(), (_("Members"), "")],
        "members": page,
        "kinds": Member.Kind.choices,
        "kind": kind,
    }
    return render(request, "association/members.html", context)


@require_safe
def member_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one member: what it makes, which licences it holds, where its goods can be traced."""
    member = get_object_or_404(Member.objects.select_related("region__site"), slug=slug)
    licences = licences_of(member, on=timezone.localdate())
    products = list(member.products.select_related("image", "region"))
    context = {
        "title": member.name,
        "description": member.about[:120],
        "trail": [_brand(), (_("Members"), reverse("association:members")), (member.name, "")],
        "region": member.region,
        "member": member,
        "licences": licences,
        "is_licensed": any(licence.verdict.is_valid for licence in licences),
        "products": products,
        "batches": batches_of(products),
    }
    return render(request, "association/member.html", context)


@require_safe
def licence_form(request: HttpRequest) -> HttpResponse:
    """Ask for a number; one that was typed goes to its own address."""
    number = canonical_number(request.GET.get("number", ""))
    if number:
        return redirect("association:licence", number=number)
    context = {
        "title": _("Check a licence"),
        "description": _("Type the number printed on the door plate, the package or the certificate."),
        "trail": [_brand(), (_("Check a licence"), "")],
        "empty": "number" in request.GET,
    }
    return render(request, "association/licence_form.html", context)


@require_safe
def licence_detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show what a licence says today; an unknown number is 404 and tells nothing, too many of them 429."""
    now = timezone.localtime()
    visitor = guessing.visitor_mark(request.META.get("REMOTE_ADDR", ""), at=now)
    if guessing.guesses_too_often(visitor):
        return _wait(request)
    try:
        checked = check_licence(number, on=now.date())
    except UnknownLicence:
        guessing.note_miss(visitor)
        return _unknown(request, number)
    licence = checked.licence
    if licence.number != number:
        return redirect("association:licence", number=licence.number)
    context = {
        "title": f"{licence.number} {checked.verdict.headline}",
        "region": licence.region,
        "licence": licence,
        "verdict": checked.verdict,
        "checked_at": now,
    }
    return render(request, "association/licence.html", context)


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    context = {"title": _("We never gave out this number"), "number": canonical_number(number)}
    return render(request, "association/licence_unknown.html", context, status=404)


def _wait(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Too many numbers that do not exist"), "minutes": guessing.WINDOW // 60}
    response = render(request, "association/licence_wait.html", context, status=429)
    response.headers["Retry-After"] = str(guessing.WINDOW)
    add_never_cache_headers(response)
    return response


def _brand() -> tuple[str, str]:
    return _("The brand"), in_language("/brand/")
