"""Who belongs to the association: the list of members, a member's page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.licences.queries import licences_of
from association.members.directory import Choice, directory_of, members_in_order
from association.members.queries import batches_of, certifications_of, products_of
from brand.models import Member
from cms.navigation import in_language

MEMBERS_A_PAGE = 24


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Show the members of this county, those that the filters leave."""
    today = timezone.localdate()
    found = directory_of(getattr(request, "region", None), Choice.of(request.GET), on=today)
    page = Paginator(found.found, MEMBERS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Members"),
        "description": _("Who belongs to the association, and who may use the brand today."),
        "trail": [_brand(), (_("Members"), "")],
        "directory": found,
        "query": found.choice.query(),
        "page_of_members": page,
        "members": members_in_order(list(page), licensed_on=today),
    }
    return render(request, "association/members/directory.html", context)


@require_safe
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one member: what it makes, what vouches for it, its licences, where to trace and buy."""
    shown = get_object_or_404(Member.objects.select_related("region__site"), slug=slug)
    today = timezone.localdate()
    licences = licences_of(shown, on=today)
    offers = products_of(shown)
    products = [offer.product for offer in offers]
    context = {
        "title": shown.name,
        "description": shown.about[:120],
        "trail": [_brand(), (_("Members"), reverse("association:members")), (shown.name, "")],
        "region": shown.region,
        "member": shown,
        "licences": licences,
        "is_licensed": any(licence.verdict.is_valid for licence in licences),
        "offers": offers,
        "certifications": certifications_of(products, on=today),
        "batches": batches_of(products),
    }
    return render(request, "association/members/member.html", context)


def _brand() -> tuple[str, str]:
    return _("The brand"), in_language("/brand/")
