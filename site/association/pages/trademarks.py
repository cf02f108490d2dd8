"""The public register of trademarks, at /brand/trademarks/."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.search import index

from association.pages.place import PlacedPage
from cms.blocks import STORY_BLOCKS


class TrademarksPage(PlacedPage):
    """Which signs are protected in which of the 45 classes."""

    intro = models.TextField(
        _("introduction"), max_length=200, blank=True, help_text=_("One or two sentences.")
    )
    body = StreamField(
        STORY_BLOCKS,
        verbose_name=_("in plain words"),
        blank=True,
        help_text=_("The register stands above it by itself."),
    )

    place = "trademarks"
    template = "association/trademarks/register.html"
    search_fields = [
        *PlacedPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    content_panels = [
        *PlacedPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        HelpPanel(_("The trademarks and their filings are kept in the menu Rules and trademarks.")),
    ]

    class Meta:
        verbose_name = _("page of trademarks")
        verbose_name_plural = _("pages of trademarks")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the register of the county as a table of classes and signs."""
        from association.trademarks.queries import public_matrix

        matrix = public_matrix(self.region, on=timezone.localdate())
        return {**super().get_context(request, *args, **kwargs), "matrix": matrix}
