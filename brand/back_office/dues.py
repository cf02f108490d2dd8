"""What is due about licences that were given: endings, suspensions, findings, visits, one board."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from brand.back_office.licence_life import LicenceLife
from brand.inspections.findings import Finding
from brand.inspections.overdue import overdue
from brand.licences.publicity.models import Objection
from brand.licences.reminders import ending
from brand.models import (
    Inspection,
    Licence,
    LicenceApplication,
    MembershipApplication,
    PackagingRequest,
    PackagingReturn,
)

MOST = 50


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that waits for an officer or a member, each list in the order it should be done."""

    answered: list[Finding]
    overdue: list[Finding]
    open: list[Finding]
    visits: list[Inspection]
    ending: list[Licence]
    suspended: list[Licence]


def board(*, on: date) -> Board:
    """Return the board of all counties as of a day, at most 50 lines a list. 6 queries."""
    findings = Finding.objects.select_related("inspection__licence__member").order_by("due_on", "pk")
    state = Finding.State
    planned = Inspection.objects.filter(state=Inspection.State.PLANNED).select_related("licence__member")
    suspended = Licence.objects.filter(state=Licence.State.SUSPENDED).select_related("member")
    return Board(
        answered=list(findings.filter(state=state.ANSWERED)[:MOST]),
        overdue=list(overdue(on=on)[:MOST]),
        open=list(findings.filter(state=state.OPEN, due_on__gte=on)[:MOST]),
        visits=list(planned.order_by("planned_on", "pk")[:MOST]),
        ending=list(ending(on=on)[:MOST]),
        suspended=list(suspended.order_by("valid_to", "pk")[:MOST]),
    )


def waiting() -> list[dict[str, Any]]:
    """Return how much of each kind waits for an answer of the office, with the way there. 5 queries."""
    kinds = (
        (_("Membership applications"), MembershipApplication, "submitted", "brand-applications"),
        (_("Licence applications"), LicenceApplication, "submitted", "brand-licence-applications"),
        (_("Objections"), Objection, "open", "brand-objections"),
        (_("Packaging requests"), PackagingRequest, "submitted", "brand-packaging-requests"),
        (_("Packaging returns"), PackagingReturn, "announced", "brand-packaging-returns"),
    )
    return [
        {
            "label": label,
            "count": model._default_manager.filter(state=state).count(),
            "url": f"{reverse(f'{space}:index')}?state={state}",
        }
        for label, model, state, space in kinds
    ]


@require_safe
def dues(request: HttpRequest) -> HttpResponse:
    """Show the board."""
    if not request.user.has_perm("brand.view_licence"):
        raise PermissionDenied
    today = timezone.localdate()
    context = {
        "waiting": waiting(),
        "board": board(on=today),
        "today": today,
        "breadcrumbs_items": [{"url": "", "label": _("What is due")}],
        "header_title": _("What is due"),
        "page_title": _("What is due"),
        "header_icon": "date",
    }
    return render(request, "brand/admin/supervision/dues.html", context)


class _LicenceMenuItem(MenuItem):
    """Shown to who may see licences."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the right."""
        return bool(request.user.has_perm("brand.view_licence"))


class LicenceLifeViewSet(ViewSet):
    """The board, and the page of each licence."""

    name = "brand-licence-life"
    icon = "date"
    menu_label = _("What is due")
    menu_item_class = _LicenceMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """Return the board and the acts of a licence."""
        return [
            path("", dues, name="index"),
            path("<int:pk>/", LicenceLife.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", LicenceLife.as_view(), name="act"),
        ]
