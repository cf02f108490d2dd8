"""What every page has."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageQuerySet, PageViewRestriction

from brand.models import Region

CARD_SHAPE = "fill-1200x630|format-jpeg"  # what chat apps show of a shared link


class BasePage(Page):
    """A page of a county's site, with the picture that is shown when it is shared."""

    share_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for sharing"),
        help_text=_("Shown with the link in chats. Without one the county's seal is shown."),
    )

    promote_panels = [
        MultiFieldPanel(
            ["slug", "seo_title", "search_description", FieldPanel("share_image")],
            heading=_("Search engines and sharing"),
        ),
        MultiFieldPanel(["show_in_menus"], heading=_("Menus")),
    ]

    class Meta:
        abstract = True

    @property
    def region(self) -> Region | None:
        """The county whose site the page belongs to."""
        site = self.get_site()
        return getattr(site, "region", None) if site else None

    @property
    def trail(self) -> PageQuerySet:
        """The pages between the home page and this one, for the breadcrumbs."""
        site = self.get_site()
        depth = site.root_page.depth if site else 2
        return self.get_ancestors().filter(depth__gt=depth)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what Wagtail returns, in one query instead of two for a page that nothing restricts."""
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        chain = Page.objects.filter(path__in=[self.path[:end] for end in ends])
        special = chain.filter(models.Q(alias_of__isnull=False) | models.Q(view_restrictions__isnull=False))
        return super().get_view_restrictions() if special.exists() else PageViewRestriction.objects.none()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the picture for sharing."""
        context = super().get_context(request, *args, **kwargs)
        if self.share_image:
            context["share_image"] = self.share_image.get_rendition(CARD_SHAPE).url
        return context
