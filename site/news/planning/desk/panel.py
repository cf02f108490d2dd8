"""The week on the first page of the back office: how the counties stand, what I am to write."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from news.models import Plan
from news.planning.entries import entries
from news.planning.standing import standings
from news.planning.weeks import days_of_week

MOST_MINE = 6


class WeekOfPosts(Component):
    """How many posts are out this week, and what is missing."""

    name = "week-of-posts"
    order = 55
    template_name = "news/admin/week_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Give the template the counties of this week and the plans of the person. About nine queries."""
        now, today = timezone.now(), timezone.localdate()
        week = days_of_week(today)
        user = parent_context["request"].user
        mine = Plan.objects.filter(author=user).exclude(post__live=True).select_related("region")
        return {
            "standings": standings(entries(first=week[0], last=week[-1], at=now), day=today),
            "mine": list(mine.order_by("planned_on", "pk")[:MOST_MINE]),
            "today": today,
        }
