"""Outside links: what the worker found where posts lead to. Looked at, never edited."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from news.checks.models import OutsideLink
from news.models import NewsPage

register_permission_policy(OutsideLink, LookedAtPolicy(OutsideLink))


class PostsColumn(Column):
    """The posts that lead there, each with the way to its text."""

    def get_value(self, instance: OutsideLink) -> SafeString:
        """Return the links."""
        rows = (
            (reverse("wagtailadmin_pages:edit", args=[post.pk]), post.title) for post in instance.posts.all()
        )
        return format_html_join("、", '<a href="{}">{}</a>', rows)


class ListLinks(ListView):
    """Lists addresses, those in trouble first."""

    def get_base_queryset(self) -> QuerySet[OutsideLink]:
        """Read the posts along, without their texts."""
        posts = NewsPage.objects.only("title", "draft_title")
        rows: QuerySet[OutsideLink] = super().get_base_queryset()
        return rows.prefetch_related(Prefetch("posts", posts))


class LinkViewSet(ModelViewSet):
    """Outside links."""

    model = OutsideLink
    name = "news-links"
    url_prefix = "news/links"
    icon = "link-external"
    menu_label = gettext_lazy("Outside links")
    index_view_class = ListLinks
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ["url"]
    search_backend_name = None
    exclude_form_fields: list[str] = []
    list_display: list[Any] = [
        Column("url", label=gettext_lazy("Address"), sort_key="url"),
        Column("get_trouble_display", label=gettext_lazy("Trouble"), sort_key="trouble"),
        Column("status", label=pgettext_lazy("outside link", "answer")),
        Column("checked_at", label=gettext_lazy("Looked at"), sort_key="checked_at"),
        PostsColumn("posts", label=pgettext_lazy("outside link", "in")),
    ]
    list_filter = ["trouble"]
