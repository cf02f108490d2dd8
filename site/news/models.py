"""Posts and their list. Every county has one list at /news/."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.blocks import STORY_BLOCKS
from cms.models import BasePage
from lib.jsonld import jsonld_block
from lib.reading import minutes_to_read
from news.categories import Category
from news.checks.models import OutsideLink, SensitiveWord  # noqa: F401 - where Django looks for models
from news.counting.models import PopularPost, PostViews  # noqa: F401 - where Django looks for models
from news.digests.models import Delivery, Digest, Subscription  # noqa: F401 - where Django looks for models
from news.planning.models import Plan, SetAside, WeeklyTarget  # noqa: F401 - where Django looks for models
from news.review.models import ReviewTask  # noqa: F401 - where Django looks for models
from news.wechat.models import (  # noqa: F401 - where Django looks for models
    WechatAccount,
    WechatDraft,
    WechatPicture,
    WechatToken,
)

POSTS_A_PAGE = 12
_YEAR = re.compile(r"\d{4}\Z")


class NewsIndexPage(BasePage):
    """The list of posts of a county. A post's address carries its year: /news/2026/<slug>/."""

    intro = models.CharField(
        _("line under the title"), max_length=80, blank=True, help_text=_("One short sentence, or nothing.")
    )

    template = "news/index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a post by year and slug; under another year or none it is sent on to its address.

        Raises:
            Http404: no public post has that slug.
        """
        if not path_components:
            return super().route(request, path_components)
        *before, slug = path_components
        if len(before) > 1 or (before and not _YEAR.match(before[0])):
            raise Http404
        posts = NewsPage.objects.live().child_of(self).select_related("base", "image")
        post = posts.filter(slug=slug).first()
        if post is None:
            raise Http404
        post.index = self
        return RouteResult(post, kwargs={"moved": before != [post.year]})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of posts, of the category asked for."""
        from news.queries import posts_under

        category = request.GET.get("category", "")
        category = category if category in Category.values else ""
        posts = posts_under(self, category=category).defer("body").prefetch_related("image__renditions")
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [(self.title, "")],
            "posts": Paginator(posts, POSTS_A_PAGE).get_page(request.GET.get("page")),
            "categories": Category.choices,
            "category": category,
        }


class NewsPageTag(TaggedItemBase):
    """One tag on one post."""

    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")


class NewsPage(BasePage):
    """A post."""

    category = models.CharField(_("category"), max_length=12, choices=Category, default=Category.INDUSTRY)
    published_on = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("Shown on the post; its year is part of the address."),
    )
    intro = models.CharField(
        _("summary"), max_length=120, help_text=_("One or two sentences for lists and shared cards.")
    )
    author = models.CharField(_("author"), max_length=40, blank=True)
    source = models.CharField(
        _("source"), max_length=60, blank=True, help_text=_("Where it was published first, if not here.")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
    )
    art = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        help_text=_("Stands in for a cover picture: name of a drawing of the county, or land."),
    )
    body = StreamField(STORY_BLOCKS, verbose_name=pgettext_lazy("post", "text"), blank=True)
    products = ParentalManyToManyField(
        "brand.Product", blank=True, related_name="posts", verbose_name=_("products it speaks of")
    )
    base = models.ForeignKey(
        "telemetry.Base",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("base it speaks of"),
    )
    tags = ClusterTaggableManager(through=NewsPageTag, blank=True, verbose_name=_("tags"))

    template = "news/post.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.SearchField("author"),
        index.FilterField("category"),
        index.FilterField("published_on"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("published_on")]),
        FieldRowPanel([FieldPanel("author"), FieldPanel("source")]),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("art")], heading=_("Cover")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("products"), FieldPanel("base"), FieldPanel("tags")], heading=_("What it speaks of")
        ),
    ]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["-published_on", "-page_ptr"], name="news_newest_first")]

    @cached_property
    def index(self) -> NewsIndexPage:
        """Return the list it belongs to; routing has set it already."""
        return self.get_parent().specific

    @property
    def year(self) -> str:
        """Return the year of its address."""
        return f"{self.published_on:%Y}"

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Put the year between the list and the slug."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        site_id, root_url, path = parts
        before, slug, _end = path.rsplit("/", 2)
        return site_id, root_url, f"{before}/{self.year}/{slug}/"

    def serve(self, request: HttpRequest, *args: Any, moved: bool = False, **kwargs: Any) -> HttpResponse:
        """Show the post, or send an old address on to the right one."""
        if moved:
            return HttpResponsePermanentRedirect(self.get_url(request))
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around the text."""
        from news.queries import neighbours
        from news.structured import news_article

        older, newer = neighbours(self) if self.pk else (None, None)
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [(self.index.title, self.index.get_url(request)), (self.title, "")],
            "description": self.search_description or self.intro,
            "og_type": "article",
            "structured_data": jsonld_block(news_article(self, request)),
            "older": older,
            "newer": newer,
            "mentioned": self.products.select_related("region", "image"),
        }

    @cached_property
    def minutes(self) -> int:
        """Return how many minutes the text takes to read."""
        return minutes_to_read(" ".join(self.body.stream_block.get_searchable_content(self.body)))
