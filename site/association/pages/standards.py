"""The library of standards, at /brand/standards/."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.search import index

from association.pages.place import PlacedPage


class StandardsPage(PlacedPage):
    """How it is grown, processed, stored and carried: every standard, by step and crop."""

    intro = models.TextField(
        _("introduction"), max_length=200, blank=True, help_text=_("One or two sentences.")
    )

    place = "standards"
    template = "association/standards/list.html"
    search_fields = [*PlacedPage.search_fields, index.SearchField("intro")]
    content_panels = [
        *PlacedPage.content_panels,
        FieldPanel("intro"),
        HelpPanel(_("The standards and their editions are kept in the menu Rules and trademarks.")),
    ]

    class Meta:
        verbose_name = _("page of standards")
        verbose_name_plural = _("pages of standards")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the standards of the county that were asked for."""
        from association.standards.queries import Asked, library_of

        library = library_of(self.region, asked=Asked.of(request.GET), on=timezone.localdate())
        return {**super().get_context(request, *args, **kwargs), "library": library}
