"""Blocks that let a visitor check something."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import CallToActionBlock
from home.blocks.groups import DOING


class ScanBlock(blocks.StructBlock):
    """The box to type the code of a package."""

    title = blocks.CharBlock(label=_("Title"), max_length=30, default="手里有一包？查查它的来历")
    text = blocks.CharBlock(
        label=_("Text"), max_length=60, required=False, default="扫包装上的码，或者输下面那 16 位。"
    )
    button = blocks.CharBlock(label=_("Words on the button"), max_length=8, default="查一查")

    class Meta:
        icon = "search"
        label = _("Trace box")
        group = DOING
        template = "home/blocks/scan.html"
        description = _("Type the code of a package. Stands on the foot of the opening.")
        preview_value = {
            "title": "手里有一包？查查它的来历",
            "text": "扫包装上的码，或者输下面那 16 位。",
            "button": "查一查",
        }


class BrandActionBlock(CallToActionBlock):
    """A call to action on the deep colour of the county, across the page."""

    class Meta:
        icon = "tick-inverse"
        label = _("Band with a button")
        group = DOING
        template = "home/blocks/action.html"
        description = _("One sentence and one button on the county's deep colour.")
