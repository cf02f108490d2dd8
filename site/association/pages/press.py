"""What the press may take and use, at /brand/press/."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from association.blocks import PressFilesBlock, PressMarksBlock, PressPicturesBlock, PressWordsBlock
from association.pages.place import PlacedPage
from cms.blocks import HeadingBlock, TextBlock

STORY_TYPES = ["heading", "text"]


class PressPage(PlacedPage):
    """Logos, pictures and texts with the terms they are given under, one by one or in one zip."""

    intro = models.TextField(
        _("introduction"), max_length=200, blank=True, help_text=_("One or two sentences.")
    )
    terms = models.TextField(
        _("terms of use"),
        max_length=1000,
        help_text=_("What everybody may do with these, and what not. A line each; they go into the zip."),
    )
    contact = models.CharField(
        _("who answers the press"), max_length=40, blank=True, help_text=_("A name or an office.")
    )
    phone = models.CharField(
        pgettext_lazy("press", "telephone"),
        max_length=24,
        blank=True,
        help_text=_("Empty: the county's."),
    )
    email = models.EmailField(
        pgettext_lazy("press", "e-mail"), blank=True, help_text=_("Empty: the county's.")
    )
    body = StreamField(
        [
            ("marks", PressMarksBlock()),
            ("pictures", PressPicturesBlock()),
            ("words", PressWordsBlock()),
            ("files", PressFilesBlock()),
            ("heading", HeadingBlock()),
            ("text", TextBlock()),
        ],
        verbose_name=_("content"),
        blank=True,
    )

    place = "press"
    template = "association/press/page.html"
    search_fields = [
        *PlacedPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    content_panels = [
        *PlacedPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("terms"),
        MultiFieldPanel(
            [FieldPanel("contact"), FieldRowPanel([FieldPanel("phone"), FieldPanel("email")])],
            heading=_("For questions"),
        ),
        FieldPanel("body"),
    ]
    story_types = STORY_TYPES

    class Meta:
        verbose_name = _("press page")
        verbose_name_plural = _("press pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the zip holds."""
        from association.press.kit import kit_of

        return {**super().get_context(request, *args, **kwargs), "kit": kit_of(self)}
