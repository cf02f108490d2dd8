"""The calendar and the report among the menus."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from news.planning.desk import acts, calendar, report


class _PlanMenuItem(MenuItem):
    """Shown to who may see plans."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the right."""
        return bool(request.user.has_perm(calendar.MAY_LOOK))


class CalendarViewSet(ViewSet):
    """The editors' calendar and what is done on it."""

    name = "news-calendar"
    url_prefix = "news/calendar"
    icon = "calendar-alt"
    menu_label = _("Calendar of posts")
    menu_item_class = _PlanMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """Return the page and its acts."""
        return [
            path("", calendar.calendar, name="index"),
            path("plans/<int:pk>/move/", acts.move, name="move"),
            path("plans/<int:pk>/begin/", acts.begin, name="begin"),
            path("suggestions/", acts.suggested, name="suggested"),
            path("posts/<int:pk>/", acts.plan_post, name="plan-post"),
        ]


class ReportViewSet(ViewSet):
    """What was published in a period."""

    name = "news-report"
    url_prefix = "news/report"
    icon = "table"
    menu_label = _("Report of posts")
    menu_item_class = _PlanMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """Return the page and its spreadsheet."""
        return [path("", report.report, name="index"), path("posts.xlsx", report.table, name="table")]
