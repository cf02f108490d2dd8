"""Blocks that lead somewhere."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkValue(blocks.StructValue):
    """A link: to a page, or to an address."""

    @property
    def url(self) -> str:
        """The address, "" when the chosen page is gone and no address is given."""
        page = self.get("page")
        return (page.url or "") if page else self.get("address", "")


class LinkBlock(blocks.StructBlock):
    """Words that lead to a page or an address."""

    label = blocks.CharBlock(label=_("Words on the button"), max_length=20, required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Or an address"), required=False, help_text=_("Such as /shop/ or https://example.org/.")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue


class CallToActionBlock(blocks.StructBlock):
    """One sentence and one thing to do."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    link = LinkBlock(label=_("Button"))

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "cms/blocks/action.html"
        description = _("One sentence and one button.")
        preview_value = {
            "title": "带这个标的，才算数",
            "text": "标是大家的，用要有授权。输一下编号，就知道这家有没有。",
            "link": {"label": "查一家的授权", "address": "/brand/licences/"},
        }
