"""A story beside its picture."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks import LinkBlock
from home.blocks.drawing import DrawingBlock
from home.blocks.groups import READING


class StoryBlock(blocks.StructBlock):
    """The story of the brand."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "link"])
    drawing = DrawingBlock()
    image = ImageChooserBlock(
        label=_("Picture"), required=False, help_text=_("Shown instead of the drawing.")
    )
    link = LinkBlock(label=_("Link"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Story")
        group = READING
        template = "home/blocks/story.html"
        description = _("A title, a few paragraphs and a drawing or picture beside them.")
        preview_value = {
            "title": "一棵葱，培三遍土",
            "text": "<p>六月移栽，十月起葱，中间培三遍土。土埋多深，葱白就有多长。</p>",
            "drawing": "produce",
            "link": {"label": "看品牌故事", "address": "/brand/"},
        }
