"""Who may use the brand: the list of members, a member's page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.licences.queries import licences_of
from association.queries import batches_of, members_of
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


def _brand() -> tuple[str, str]:
    return _("The brand"), in_language("/brand/")
