"""What the calendar adds to the page of a post: the way to its plan, or to planning it."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from news.models import NewsPage, Plan


@hooks.register("register_page_header_buttons")
def way_to_the_plan(page: Page, user: Any, next_url: str | None = None, **_more: Any) -> Iterator[Button]:
    """Lead from a post to its day on the calendar; a post without a day to the form that gives it one."""
    if not isinstance(page.specific_deferred, NewsPage) or not user.has_perm("news.view_plan"):
        return
    plan = Plan.objects.select_related("region").filter(post=page.pk).first()
    if plan is not None:
        where = f"day={plan.planned_on.isoformat()}&region={plan.region.slug}#plan-{plan.pk}"
        url = f"{reverse('news-calendar:index')}?{where}"
        yield Button(_("On the calendar"), url, icon_name="calendar-alt", priority=66)
    elif user.has_perm("news.add_plan") and not page.live:
        url = f"{reverse('news-plans:add')}?post={page.pk}"
        yield Button(_("Put on the calendar"), url, icon_name="calendar-alt", priority=66)
