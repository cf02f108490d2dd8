"""The posts with what became of each at WeChat."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.query import PageQuerySet

from brand.models import Region
from news.categories import Category
from news.models import NewsPage, WechatDraft
from news.planning.tones import TONES, Tone
from news.wechat.desk import parts
from news.wechat.desk.article import ArticleDesk

_State, _Push = WechatDraft.State, WechatDraft.Push
FAILED = "failed"


class PostFilters(WagtailFilterSet):
    """What the list is narrowed by."""

    at_wechat = ChoiceFilter(
        label=_("At WeChat"),
        method="by_state",
        choices=[*_State.choices, (FAILED, pgettext_lazy("push", "failed"))],
    )
    region = ModelChoiceFilter(label=_("County"), queryset=Region.objects.all(), method="by_region")

    class Meta:
        model = NewsPage
        fields = ["at_wechat", "region", "category"]

    def by_state(self, posts: QuerySet[NewsPage], _name: str, state: str) -> QuerySet[NewsPage]:
        """Keep the posts of a state; what was never pushed has no row."""
        if state == FAILED:
            return posts.filter(wechat_draft__push=_Push.FAILED)
        wanted = Q(wechat_draft__state=state)
        return posts.filter(wanted | Q(wechat_draft=None) if state == _State.NONE else wanted)

    def by_region(self, posts: PageQuerySet, _name: str, region: Region) -> PageQuerySet:
        """Keep the posts of a county's site."""
        root = region.site.root_page if region.site else None
        return posts.descendant_of(root) if root else posts.none()


def _on_the_site(post: NewsPage) -> str:
    """Return how far it is: once out in the calendar's word, Wagtail's Chinese for "live" means "in use"."""
    out = post.live and not post.has_unpublished_changes
    return str(TONES[Tone.LIVE] if out else post.status_string)


class _StateColumn(Column):
    """What lies at WeChat, with the way there."""

    cell_template_name = "news/admin/wechat/state_cell.html"

    def get_value(self, instance: NewsPage) -> dict[str, Any]:
        """Return state, last push and address."""
        state = instance.wechat_state or _State.NONE
        failed = instance.wechat_push == _Push.FAILED
        return {
            "state": state,
            "label": _State(state).label,
            "failed": failed,
            "address": instance.wechat_address,
        }


class ListPosts(IndexView):
    """Lists posts, the newest first. As many queries for thirty as for three."""

    model = NewsPage
    page_title = _("WeChat")
    header_icon = "mobile-alt"
    index_url_name = "news-wechat:index"
    index_results_url_name = "news-wechat:index_results"
    filterset_class = PostFilters
    is_searchable = True
    search_fields = ["title", "author"]
    search_backend_name = None
    default_ordering = "-published_on"
    paginate_by = 30
    any_permission_required = None
    permission_policy = None
    columns = [
        TitleColumn(
            "title", label=_("Title"), get_url=lambda post: reverse("news-wechat:article", args=[post.pk])
        ),
        Column("published_on", label=_("date"), sort_key="published_on"),
        Column("category", label=_("category"), accessor=lambda post: Category(post.category).label),
        _StateColumn("wechat", label=_("At WeChat")),
        Column("live", label=_("On the site"), accessor=_on_the_site),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may look."""
        parts.admit(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[NewsPage]:
        """Read the posts without their texts, with what became of them."""
        posts = NewsPage.objects.defer("body").prefetch_workflow_states().annotate_approved_schedule()
        return posts.annotate(
            wechat_state=F("wechat_draft__state"),
            wechat_push=F("wechat_draft__push"),
            wechat_address=F("wechat_draft__address"),
        )

    def order_queryset(self, queryset: QuerySet[NewsPage]) -> QuerySet[NewsPage]:
        """Put the newest first, and those of one day in a fixed order."""
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "-pk")

    @cached_property
    def show_export_buttons(self) -> bool:
        """Offer no table: the report of posts is one."""
        return False


class _MenuItem(MenuItem):
    """Shown to who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the right."""
        return bool(request.user.has_perm(parts.MAY_LOOK))


class WechatViewSet(ViewSet):
    """Posts on their way to WeChat."""

    name = "news-wechat"
    url_prefix = "news/wechat"
    icon = "mobile-alt"
    menu_label = _("WeChat")
    menu_item_class = _MenuItem

    def get_urlpatterns(self) -> list[Any]:
        """Return the list and the pages of one post."""
        desk = ArticleDesk.as_view()
        listed = ListPosts.as_view()
        return [
            path("", listed, name="index"),
            path("results/", ListPosts.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", desk, name="article"),
            path("<int:pk>/preview/", parts.preview, name="preview"),
            path("<int:pk>/progress/", parts.how_far, name="progress"),
            path("<int:pk>/<slug:act>/", desk, name="act"),
        ]
