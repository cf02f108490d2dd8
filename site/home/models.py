"""The home page of a county."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.models import BasePage
from home.blocks import HOME_BLOCKS


class HomePage(BasePage):
    """The root of a county's site, composed of blocks."""

    body = StreamField(HOME_BLOCKS, verbose_name=_("blocks of the page"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
