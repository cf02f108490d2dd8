"""The home page of a county."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.models import BasePage
from cms.structured import organization
from home.blocks import HOME_BLOCKS
from lib.jsonld import jsonld_block
from news.models import NewsIndexPage
from news.posts.listing import NEWS, post_at


class HomePage(BasePage):
    """The root of a county's site, composed of blocks."""

    body = StreamField(HOME_BLOCKS, verbose_name=_("blocks of the page"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page below; a post, on which a site lives, in one query with its list.

        Raises:
            Http404: there is none.
        """
        if path_components[:1] == [NEWS]:
            post = post_at(self, path_components)
            if post is not None:
                return RouteResult(post)
            posts = NewsIndexPage.objects.child_of(self).filter(slug=NEWS).first()
            if posts is not None:
                return posts.route(request, path_components[1:])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add who publishes the site, for search engines."""
        context = super().get_context(request, *args, **kwargs)
        publisher = organization(getattr(request, "region", None), request)
        return {**context, "structured_data": jsonld_block(publisher)}

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
