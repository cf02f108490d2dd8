"""Pages that have one place below the brand's: their address is printed and linked, so nobody chooses it."""

from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.models import BasePage


class PlacedPage(BasePage):
    """A page below the brand's page whose slug is fixed."""

    place: ClassVar[str]

    parent_page_types = ["association.BrandPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    promote_panels = [
        MultiFieldPanel(
            ["seo_title", "search_description", FieldPanel("share_image")],
            heading=BasePage.promote_panels[0].heading,
        ),
        BasePage.promote_panels[1],
    ]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Take the one address of this kind of page."""
        self.slug = self.place
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say what the page is about to who shares it."""
        intro = getattr(self, "intro", "")
        return {
            **super().get_context(request, *args, **kwargs),
            "description": self.search_description or intro,
        }
