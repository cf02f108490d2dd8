"""Topics (专题): posts about one thing, in the order they are best read."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index as search

from cms.models import BasePage
from cms.reviewed import OnlyByReview
from news.posts.listing import POSTS_A_PAGE, TOPICS, NewsIndexPage

MOST_PINS = 20


class NewsTopicPage(OnlyByReview, BasePage):
    """A topic or series; its posts name it, and some may be put in front."""

    class Order(models.TextChoices):
        """In which order the posts stand."""

        NEWEST = "newest", _("newest first")
        OLDEST = "oldest", _("oldest first, as a series is read")

    intro = models.TextField(
        _("introduction"), max_length=200, help_text=_("Two or three sentences: what this is about.")
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
        default="land",
        help_text=_("Stands in for a cover picture: name of a drawing of the county, or land."),
    )
    order = models.CharField(_("order of the posts"), max_length=8, choices=Order, default=Order.NEWEST)

    template = "news/topic.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*BasePage.search_fields, search.SearchField("intro")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("image"),
        FieldPanel("art"),
        FieldPanel("order"),
        InlinePanel(
            "pins",
            heading=_("Posts in front, in this order"),
            label=_("Post"),
            max_num=MOST_PINS,
            help_text=_("All others that name this topic follow by their date."),
        ),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @cached_property
    def index(self) -> NewsIndexPage:
        """Return the list it belongs to; routing has set it already."""
        return self.get_parent().specific

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Put `topics` between the list and the slug."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        site_id, root_url, path = parts
        before, slug, _end = path.rsplit("/", 2)
        return site_id, root_url, f"{before}/{TOPICS}/{slug}/"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of its posts, those in front on the first."""
        from news.queries import page_of, posts_of_topic
        from news.structured import place_data

        trail = [(self.index.title, self.index.get_url(request)), (self.title, "")]
        posts = page_of(posts_of_topic(self), request.GET.get("page"), size=POSTS_A_PAGE)
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": trail,
            "structured_data": place_data(trail, request),
            "description": self.search_description or self.intro,
            "posts": posts,
        }


class TopicPin(Orderable):
    """A post that stands in front of a topic."""

    topic = ParentalKey(NewsTopicPage, on_delete=models.CASCADE, related_name="pins")
    post = models.ForeignKey("news.NewsPage", models.CASCADE, related_name="+", verbose_name=_("post"))

    panels = [PageChooserPanel("post", "news.NewsPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("post in front")
        verbose_name_plural = _("posts in front")
        constraints = [models.UniqueConstraint(fields=["topic", "post"], name="news_pinned_once")]

    def __str__(self) -> str:
        return str(self.post)
