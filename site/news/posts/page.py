"""A post."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageViewRestriction
from wagtail.search import index as search

from cms.models import BasePage
from cms.reviewed import OnlyByReview
from lib.reading import minutes_to_read
from news.blocks import POST_BLOCKS
from news.categories import Category
from news.posts.form import NewsPageForm
from news.posts.kinds import Kind
from news.posts.listing import NewsIndexPage
from news.posts.panels import POST_PANELS

WECHAT_SCRIPTS = "https://res.wx.qq.com"  # WeChat's script for shared cards; loaded only inside WeChat


class NewsPageTag(TaggedItemBase):
    """One tag on one post."""

    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")


class NewsPage(OnlyByReview, BasePage):
    """A post."""

    # the list it stands in, beside its place in the tree: lists of one county are read along an index
    index = models.ForeignKey(NewsIndexPage, models.SET_NULL, null=True, editable=False, related_name="posts")
    kind = models.CharField(
        pgettext_lazy("post", "kind"),
        max_length=8,
        choices=Kind,
        default=Kind.ARTICLE,
        help_text=_("A picture story opens with its gallery, a video with its film."),
    )
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
    source_url = models.URLField(
        _("address of the source"), blank=True, help_text=_("Where the original can be read.")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
        help_text=_("Cut to 2.35:1 around its focal point, and to a square where no other is given."),
    )
    square_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("square cover picture"),
        help_text=_("Only where the middle of the cover picture makes no good square."),
    )
    art = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        help_text=_("Stands in for a cover picture: name of a drawing of the county, or land."),
    )
    body = StreamField(POST_BLOCKS, verbose_name=pgettext_lazy("post", "text"), blank=True)
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
    topics = ParentalManyToManyField(
        "news.NewsTopicPage", blank=True, related_name="posts", verbose_name=_("topics")
    )

    template = "news/post.html"
    base_form_class = NewsPageForm
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *BasePage.search_fields,
        search.SearchField("intro"),
        search.SearchField("body"),
        search.SearchField("author"),
        search.FilterField("category"),
        search.FilterField("kind"),
        search.FilterField("published_on"),
    ]
    content_panels = [*BasePage.content_panels, *POST_PANELS]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [
            models.Index(fields=["-published_on", "-page_ptr"], name="news_newest_first"),
            models.Index(fields=["index", "-published_on", "-page_ptr"], name="news_of_a_list"),
            models.Index(
                fields=["index", "category", "-published_on", "-page_ptr"], name="news_of_a_category"
            ),
            models.Index(fields=["index", "kind", "-published_on", "-page_ptr"], name="news_of_a_kind"),
        ]

    @property
    def year(self) -> str:
        """Return the year of its address."""
        return f"{self.published_on:%Y}"

    @property
    def square(self) -> Any:
        """Return the picture that is cut to a square, None without one."""
        return self.square_image or self.image

    @cached_property
    def minutes(self) -> int:
        """Return how many minutes the text takes to read."""
        return minutes_to_read(" ".join(self.body.stream_block.get_searchable_content(self.body)))

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save it in the list that is its parent in the tree."""
        parent = NewsIndexPage.objects.filter(path=self.path[: -self.steplen]) if self.path else None
        if parent is not None:
            self.index_id = parent.values_list("pk", flat=True).first()
        return super().save(*args, **kwargs)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Put the year between the list and the slug."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        site_id, root_url, path = parts
        before, slug, _end = path.rsplit("/", 2)
        return site_id, root_url, f"{before}/{self.year}/{slug}/"

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what restricts it; routing has told already where nothing does."""
        if self.__dict__.get("restricted") is False:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def serve(self, request: HttpRequest, *args: Any, moved: bool = False, **kwargs: Any) -> HttpResponse:
        """Show the post, or send an old address on to the right one."""
        if moved:
            return HttpResponsePermanentRedirect(self.get_url(request))
        answer: HttpResponse = super().serve(request, *args, **kwargs)
        answer._csp_update = {"script-src": [WECHAT_SCRIPTS]}  # type: ignore[attr-defined]
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around the text."""
        from news.posts.context import around

        return {**super().get_context(request, *args, **kwargs), **around(self, request)}


class RelatedPost(Orderable):
    """A post that an editor put below another, in place of those found by themselves."""

    post = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="chosen_related")
    other = models.ForeignKey(NewsPage, models.CASCADE, related_name="+", verbose_name=_("post"))

    panels = [PageChooserPanel("other", "news.NewsPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("related post")
        verbose_name_plural = _("related posts")
        constraints = [models.UniqueConstraint(fields=["post", "other"], name="news_related_once")]

    def __str__(self) -> str:
        return str(self.other)
