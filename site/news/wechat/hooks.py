"""What WeChat adds to the back office: a way from each post to its article, and words for the history."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from news.models import NewsPage
from news.wechat.asking import PUSHED
from news.wechat.desk.parts import MAY_LOOK


@hooks.register("register_page_header_buttons")
def way_to_wechat(page: Page, user: Any, next_url: str | None = None, **_more: Any) -> Iterator[Button]:
    """Lead from a post to its article."""
    if isinstance(page.specific_deferred, NewsPage) and user.has_perm(MAY_LOOK):
        url = reverse("news-wechat:article", args=[page.pk])
        yield Button(_("WeChat"), url, icon_name="mobile-alt", priority=65)


@hooks.register("register_log_actions")
def words_of_the_history(actions: LogActionRegistry) -> None:
    """Say in the history of a post that it was pushed."""
    actions.register_action(PUSHED, _("Push to WeChat"), _("Pushed to WeChat"))
