"""The monthly statement in the back office: a page, a workbook, a paper."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from brand.models import Region
from brand.packaging.papers import statement_pdf, write_workbook
from brand.packaging.papers.columns import item_columns, item_row, member_columns, member_row, month_name
from brand.packaging.papers.downloads import XLSX, download
from brand.packaging.reconciling import differences
from brand.packaging.statements import Statement, month_after, month_before, month_of, statement

_RIGHT = "brand.view_packagingmovement"


def page(request: HttpRequest) -> HttpResponse:
    """Show the statement of a county and month."""
    found = _asked(request)
    today = timezone.localdate()
    shown = found.first
    following = month_after(shown) if month_after(shown) <= today else None
    context = {
        "found": found,
        "month": month_name(shown),
        "regions": Region.objects.all(),
        "earlier": _query(found.region, month_before(shown)),
        "later": _query(found.region, following) if following else "",
        "query": _query(found.region, shown),
        "item_columns": item_columns(),
        "item_rows": [item_row(line) for line in found.items],
        "member_columns": member_columns(),
        "member_rows": [member_row(line) for line in found.members],
        "differences": differences(found.region),
        "header_title": _("Monthly statement"),
        "page_title": _("Monthly statement"),
        "header_icon": "table",
    }
    return render(request, "brand/admin/packaging/statement.html", context)


def paper(request: HttpRequest) -> HttpResponse:
    """Download the statement as PDF."""
    found = _asked(request)
    back = f"{reverse('brand-packaging-statement:index')}?{_query(found.region, found.first)}"
    return download(request, lambda: statement_pdf(found), name=_name(found, "pdf"), back=back)


def workbook(request: HttpRequest) -> HttpResponse:
    """Download the statement as a workbook."""
    found = _asked(request)

    def book() -> bytes:
        out = BytesIO()
        write_workbook(found, out)
        return out.getvalue()

    return download(request, book, name=_name(found, "xlsx"), kind=XLSX, back="")


def _asked(request: HttpRequest) -> Statement:
    if not request.user.has_perm(_RIGHT):
        raise PermissionDenied
    regions = Region.objects.order_by("adcode")
    wanted = request.GET.get("region")
    region = regions.filter(slug=wanted).first() if wanted else regions.first()
    if region is None:
        raise Http404
    today = timezone.localdate()
    first = month_of(request.GET.get("month", ""), today=today)
    return statement(region=region, first=first, today=today)


def _query(region: Region, first: date) -> str:
    return urlencode({"region": region.slug, "month": f"{first:%Y-%m}"})


def _name(found: Statement, kind: str) -> str:
    return f"packaging-{found.region.slug}-{found.first:%Y-%m}.{kind}"


class _OfLedger(MenuItem):
    """Shown to those who may see the ledger."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the user's roles."""
        return bool(request.user.has_perm(_RIGHT))


class StatementViewSet(ViewSet):
    """The statement, beside the lists it is made of."""

    name = "brand-packaging-statement"
    menu_label = _("Monthly statement")
    icon = "table"
    menu_item_class = _OfLedger

    def get_urlpatterns(self) -> list[Any]:
        """The page and its two files."""
        return [
            path("", page, name="index"),
            path("statement.pdf", paper, name="paper"),
            path("statement.xlsx", workbook, name="workbook"),
        ]
