"""The page of the regional brand, at /brand/."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from association.blocks import FilmBlock, MascotBlock, MemberBrandsBlock, TimelineBlock, ValuesBlock
from cms.blocks import STORY_BLOCKS
from cms.models import BasePage

STORY_TYPES = [name for name, _block in STORY_BLOCKS]


class BrandPage(BasePage):
    """What the brand is, who stands behind it, what it promises."""

    slogan = models.CharField(
        _("slogan"), max_length=40, blank=True, help_text=_("Empty: the upright line of the county.")
    )
    intro = models.TextField(
        _("introduction"), max_length=300, blank=True, help_text=_("Two or three sentences under the slogan.")
    )
    body = StreamField(
        [
            *STORY_BLOCKS,
            ("values", ValuesBlock()),
            ("mascot", MascotBlock()),
            ("film", FilmBlock()),
            ("timeline", TimelineBlock()),
            ("brands", MemberBrandsBlock()),
        ],
        verbose_name=_("content"),
        blank=True,
        help_text=_("Story, values, mascot, film, timeline and member brands, in the order you like."),
    )

    template = "association/brand.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "association.RulesPage",
        "association.StandardsPage",
        "association.TrademarksPage",
        "association.PressPage",
        "cms.StandardPage",
    ]
    max_count_per_parent = 1
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("slogan"),
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("slogan"), FieldPanel("intro")], heading=_("Opening")),
        FieldPanel("body"),
    ]
    story_types = STORY_TYPES

    class Meta:
        verbose_name = _("brand page")
        verbose_name_plural = _("brand pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the public pages below it: rules, standards, trademarks, press, how to join."""
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [(_("The brand"), "")],
            "description": self.search_description or self.intro,
            "below": self.get_children().live().filter(view_restrictions=None),
        }
