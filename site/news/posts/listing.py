"""The list of posts of a county, and the way from it to each of them."""

import re
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Exists
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.models import BasePage
from cms.reviewed import HoldsReviewed
from news.categories import Category

POSTS_A_PAGE = 12
NEWS = "news"  # what the list is called below the home page
TOPICS = "topics"  # /news/topics/<slug>/: no year is called so
_YEAR = re.compile(r"\d{4}\Z")


class NewsIndexPage(HoldsReviewed, BasePage):
    """The list of posts of a county. A post's address carries its year: /news/2026/<slug>/."""

    intro = models.CharField(
        _("line under the title"), max_length=80, blank=True, help_text=_("One short sentence, or nothing.")
    )

    template = "news/index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage", "news.NewsTopicPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a post by year and slug, or a topic; a post under another year is sent on to its address.

        Raises:
            Http404: nothing public has that address.
        """
        if not path_components:
            return super().route(request, path_components)
        *before, slug = path_components
        if before == [TOPICS]:
            return RouteResult(self._topic(slug))
        if path_components == [TOPICS]:
            return RouteResult(self, kwargs={"view": TOPICS})
        if len(before) > 1 or (before and not _YEAR.match(before[0])):
            raise Http404
        post = _posts(above=self).filter(index=self, slug=slug).first()
        if post is None:
            raise Http404
        post.index = self
        return RouteResult(post, kwargs={"moved": before != [post.year]})

    def serve(self, request: HttpRequest, *args: Any, view: str = "", **kwargs: Any) -> Any:
        """Show the posts, or the topics."""
        if view != TOPICS:
            return super().serve(request, *args, **kwargs)
        return TemplateResponse(request, "news/topics.html", self._topics_context(request))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of posts, of the category and kind asked for."""
        from news.posts.kinds import Kind
        from news.queries import page_of, posts_under, topics_under
        from news.structured import place_data

        category, kind = request.GET.get("category", ""), request.GET.get("kind", "")
        category = category if category in Category.values else ""
        kind = kind if kind in Kind.values else ""
        asked = {"category": category, "kind": kind}
        trail = [(self.title, "")]
        posts = posts_under(self, **asked)
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": trail,
            "structured_data": place_data(trail, request),
            "posts": page_of(posts, request.GET.get("page"), size=POSTS_A_PAGE),
            "topics": topics_under(self),
            "categories": Category.choices,
            "category": category,
            "kinds": Kind.choices,
            "kind": kind,
            "query": urlencode({name: value for name, value in asked.items() if value}),
        }

    def _topics_context(self, request: HttpRequest) -> dict[str, Any]:
        from news.queries import topics_under

        title = _("Topics")
        return {
            **super().get_context(request),
            "title": title,
            "trail": [(self.title, self.get_url(request)), (title, "")],
            "topics": topics_under(self, most=None),
        }

    def _topic(self, slug: str) -> Any:
        from news.posts.topic import NewsTopicPage

        topic = NewsTopicPage.objects.live().child_of(self).filter(slug=slug).select_related("image").first()
        if topic is None:
            raise Http404
        topic.index = self
        return topic


def post_at(home: Page, path_components: list[str]) -> Any | None:
    """Return the public post at /news/<year>/<slug>/ with its list below `home`, None for another address.

    One query.
    """
    if len(path_components) != 3 or path_components[0] != NEWS or not _YEAR.match(path_components[1]):
        return None
    below = {"index__path__startswith": home.path, "index__depth": home.depth + 1, "index__slug": NEWS}
    _news, year, slug = path_components
    post = _posts(above=home).filter(**below, slug=slug).select_related("index").first()
    return post if post and post.year == year else None


def _posts(*, above: Page) -> Any:
    """Return the public posts with what their head shows; the list of each stands below `above`."""
    from news.posts.page import NewsPage

    posts = NewsPage.objects.live().select_related("base", "image", "square_image")
    return posts.annotate(restricted=Exists(_restricted(above)))


def _restricted(above: Page) -> Any:
    """Return those of a post and the pages above it that not everybody may see, or that are aliases."""
    paths = [above.path[:end] for end in range(above.steplen, len(above.path) + 1, above.steplen)]
    own = models.Q(pk=models.OuterRef("pk")) | models.Q(pk=models.OuterRef("index"))
    chain = Page.objects.filter(models.Q(path__in=paths) | own)
    return chain.filter(models.Q(alias_of__isnull=False) | models.Q(view_restrictions__isnull=False))
