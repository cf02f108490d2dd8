"""The opening of the page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from home.blocks.drawing import DrawingBlock
from home.blocks.groups import OPENING


class HeroBlock(blocks.StructBlock):
    """The land of the county, its produce and one line set upright."""

    line_first = blocks.CharBlock(
        label=_("First half of the line"),
        required=False,
        max_length=8,
        help_text=_("Four to six characters with their comma: 土埋多深，. Empty: the county's own line."),
    )
    line_second = blocks.CharBlock(
        label=_("Second half of the line"),
        required=False,
        max_length=8,
        help_text=_("Four to six characters with their full stop: 葱白多长。"),
    )
    subject = blocks.CharBlock(label=_("What it speaks of"), required=False, max_length=12)
    lede = blocks.TextBlock(label=_("A sentence or two"), required=False, rows=2, max_length=60)
    drawing = DrawingBlock(label=_("Drawing in front"))
    image = ImageChooserBlock(
        label=_("Photograph of the land"),
        required=False,
        help_text=_("Takes the place of the drawn land; the line stands on the sky above it."),
    )

    class Meta:
        icon = "image"
        label = _("Opening")
        group = OPENING
        template = "home/blocks/hero.html"
        description = _("The line set upright over the county's land.")
        preview_value = {
            "line_first": "土埋多深，",
            "line_second": "葱白多长。",
            "subject": "潞城大葱",
            "lede": "垄上一层层培土，白的那段就一寸寸长。",
            "drawing": "produce",
        }
