"""The rules of the brand, at /brand/rules/."""

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


class RulesPage(PlacedPage):
    """Who may use the brand and how: in plain words, with every document below."""

    intro = models.TextField(
        _("introduction"), max_length=200, blank=True, help_text=_("One or two sentences.")
    )
    body = StreamField(
        STORY_BLOCKS,
        verbose_name=_("in plain words"),
        blank=True,
        help_text=_("The documents follow below it by themselves."),
    )

    place = "rules"
    template = "association/rules/list.html"
    search_fields = [
        *PlacedPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    content_panels = [
        *PlacedPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        HelpPanel(_("The documents and their editions are kept in the menu Rules and trademarks.")),
    ]

    class Meta:
        verbose_name = _("page of rules")
        verbose_name_plural = _("pages of rules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the documents of the county."""
        from association.rules.queries import rules_of

        rules = rules_of(self.region, on=timezone.localdate())
        return {**super().get_context(request, *args, **kwargs), "rules": rules}
