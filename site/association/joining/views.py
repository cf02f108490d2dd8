"""How to become a member, for everybody; one's own applications, for who is signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from association.joining.gate import Applicant, signed_in, to_application
from brand.membership.drafts import TooManyOpen, begin_application
from brand.membership.terms import terms_of
from brand.models import MembershipApplication
from cms.models import StandardPage
from cms.navigation import in_language

SLUG = "join"


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Show how to become a member: the editors' page of that name, and the way to apply.

    2 to 3 queries beside the frame; the same for everybody.
    """
    region = getattr(request, "region", None)
    page = _written_by_editors(region)
    title = page.title if page else _("How to join")
    context = {
        "title": title,
        "page": page,
        "description": page.intro if page else _("Who can join, what it takes, how long it is."),
        "trail": [(_("The brand"), in_language("/brand/")), (title, "")],
        "terms": terms_of(region) if region else None,
    }
    return render(request, "association/joining/join.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def mine(request: Applicant) -> HttpResponse:
    """Show one's own applications; posted, begin one in this county."""
    region = getattr(request, "region", None)
    if request.method == "POST" and region is not None:
        try:
            return to_application(begin_application(region=region, applicant=request.user, at=timezone.now()))
        except TooManyOpen as refusal:
            messages.error(request, str(refusal))
    applications = MembershipApplication.objects.filter(applicant=request.user)
    title = _("My applications")
    context = {
        "title": title,
        "trail": [
            (_("The brand"), in_language("/brand/")),
            (_("How to join"), in_language("/brand/join/")),
            (title, ""),
        ],
        "applications": applications.select_related("region").order_by("-changed_at", "-pk"),
        "today": timezone.localdate(),
        "terms": terms_of(region) if region else None,
    }
    return render(request, "association/joining/mine.html", context)


def _written_by_editors(region: object) -> StandardPage | None:
    """Return the public page `join` of this county, wherever below its home page it stands."""
    site = getattr(region, "site", None)
    if site is None:
        return None
    pages = StandardPage.objects.live().public().descendant_of(site.root_page)
    return pages.filter(slug=SLUG).first()
