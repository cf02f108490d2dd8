"""Where the money of a month went: received and refunded beside what suppliers get and the hall keeps."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brand.models import Region
from lib.periods import months_from
from shop.settlement.reconciling import reconcile


def proof(request: HttpRequest) -> HttpResponse:
    """Show a month of one county or of all."""
    if not request.user.has_perm("fengtu_shop.view_statement"):
        raise PermissionDenied
    first = _month(request.GET.get("month", ""))
    region = Region.objects.filter(slug=request.GET.get("region", "")).first()
    found = reconcile(region=region, since=_midnight(first), until=_midnight(months_from(first, 1)))
    later = months_from(first, 1)
    context: dict[str, Any] = {
        "found": found,
        "month": f"{first:%Y-%m}",
        "earlier": f"{months_from(first, -1):%Y-%m}",
        "later": f"{later:%Y-%m}" if later <= timezone.localdate() else "",
        "region": region,
        "regions": Region.objects.all(),
        "header_title": _("Where the money went"),
        "page_title": _("Where the money went"),
        "header_icon": "table",
    }
    return render(request, "shop/admin/settlement_proof.html", context)


def _month(typed: str) -> date:
    try:
        return datetime.strptime(typed, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return timezone.localdate().replace(day=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
