"""The overview of a member's packaging, and its month."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from association.packaging.queries import holdings_of, offers_of, requests_of, returns_of, to_report
from brand.models import Licence, PackagingRequest
from brand.packaging.papers.columns import member_columns, member_row, month_name
from brand.packaging.statements import month_after, month_before, month_of, statement

A_PAGE = 10


@require_safe
@member_page
def overview(request: MemberRequest) -> HttpResponse:
    """Show what the member has, what it asked for and what it may ask for."""
    now = timezone.now()
    today = timezone.localdate(now)
    requests = requests_of(request.member)
    holdings = list(holdings_of(request.member))
    context = {
        "holdings": holdings,
        "silent": to_report(holdings, at=now),
        "open": requests.filter(state__in=PackagingRequest.OPEN),
        "done": Paginator(requests.exclude(state__in=PackagingRequest.OPEN), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "returns": returns_of(request.member),
        "offers": offers_of(request.member, on=today),
        "suspended": Licence.objects.filter(member=request.member, state=Licence.State.SUSPENDED),
        "today": today,
    }
    return desk_page(request, "association/packaging/overview.html", context, title=_("Packaging"))


@require_safe
@member_page
def month(request: MemberRequest) -> HttpResponse:
    """Show the member's own statement of a month."""
    member, today = request.member, timezone.localdate()
    first = month_of(request.GET.get("month", ""), today=today)
    found = statement(region=member.region, first=first, today=today, member=member)
    context = {
        "found": found,
        "month": month_name(first),
        "earlier": f"{month_before(first):%Y-%m}",
        "later": f"{month_after(first):%Y-%m}" if found.is_over else "",
        "columns": member_columns()[1:],
        "rows": [member_row(line)[1:] for line in found.members],
    }
    above = ((_("Packaging"), reverse("desk:packaging")),)
    title = _("Packaging by month")
    return desk_page(request, "association/packaging/month.html", context, title=title, above=above)
