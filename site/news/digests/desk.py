"""The readers in the back office: how many there are, and what became of the letters. No address is shown."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from news.counting.popular import popular_posts
from news.digests.figures import readers_by_county
from news.models import NewsIndexPage

MAY_LOOK = "news.view_digest"


@require_safe
@permission_required(MAY_LOOK, raise_exception=True)
def readers(request: HttpRequest) -> HttpResponse:
    """Show them."""
    title = _("Readers of posts")
    lists = {index.get_site(): index for index in NewsIndexPage.objects.live()}
    found = readers_by_county()
    context = {
        "counties": [(each, _popular(lists.get(each.region.site))) for each in found],
        "page_title": title,
        "header_title": title,
        "header_icon": "group",
        "breadcrumbs_items": [{"url": "", "label": title}],
    }
    return render(request, "news/admin/readers.html", context)


def _popular(index: NewsIndexPage | None) -> list[Any]:
    return popular_posts(index) if index else []


class _ReadersMenuItem(MenuItem):
    """Shown to who may see the letters."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the right."""
        return bool(request.user.has_perm(MAY_LOOK))


class ReadersViewSet(ViewSet):
    """Numbers of readers among the menus of those who write."""

    name = "news-readers"
    url_prefix = "news/readers"
    icon = "group"
    menu_label = gettext_lazy("Readers of posts")
    menu_item_class = _ReadersMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """Return the page."""
        return [path("", readers, name="index")]
