"""The plain page: about, terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import STORY_BLOCKS
from cms.pages.base import BasePage


class StandardPage(BasePage):
    """Words and pictures under a title."""

    intro = models.TextField(
        _("introduction"), max_length=200, blank=True, help_text=_("One or two sentences.")
    )
    body = StreamField(STORY_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]
    template = "cms/standard_page.html"

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
