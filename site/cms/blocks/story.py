"""Blocks of running text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.action import CallToActionBlock

TEXT_FEATURES = ["bold", "italic", "h3", "ol", "ul", "link", "document-link", "hr"]
WORDS, PICTURES, ACTIONS = _("Words"), _("Pictures and facts"), pgettext_lazy("blocks", "Actions")


class HeadingBlock(blocks.CharBlock):
    """A heading between paragraphs."""

    class Meta:
        icon = "title"
        label = _("Heading")
        group = WORDS
        template = "cms/blocks/heading.html"
        description = _("A heading between paragraphs.")
        preview_value = "为什么是三遍"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs with lists and links."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = WORDS
        description = _("Paragraphs, lists, links.")
        preview_value = "<p>葱白其实是叶子的一部分，只是没见过光。土每抬高一次，就有一截叶子转到暗处。</p>"


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(label=_("Words"), rows=2)
    who = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = WORDS
        template = "cms/blocks/quote.html"
        description = _("What somebody said, set large.")
        preview_value = {"text": "土埋多深，葱白多长。你糊弄它，它也糊弄你。", "who": "张家河的种葱人"}


class PictureBlock(blocks.StructBlock):
    """A photograph with its caption."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What is on it"),
        required=False,
        help_text=_("For people who cannot see it. Empty: the title of the picture."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(label=_("Who took it"), required=False)

    def get_preview_value(self) -> Any:
        """Show the newest picture there is."""
        image = get_image_model().objects.order_by("-pk").first()
        return self.normalize(
            {"image": image, "alt": "", "caption": image.title if image else "", "credit": ""}
        )

    class Meta:
        icon = "image"
        label = _("Picture")
        group = PICTURES
        template = "cms/blocks/picture.html"
        description = _("A photograph with a caption.")


class FactBlock(blocks.StructBlock):
    """One row of facts."""

    name = blocks.CharBlock(label=_("Name"), max_length=20)
    value = blocks.CharBlock(
        label=_("Value"), required=False, help_text=_("Empty: shown as not recorded, never left out.")
    )


class FactsBlock(blocks.StructBlock):
    """Facts as names and values."""

    rows = blocks.ListBlock(FactBlock(), label=_("Rows"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        group = PICTURES
        template = "cms/blocks/facts.html"
        description = _("Names and values in rows.")
        preview_value = {
            "rows": [
                {"name": "在哪", "value": "张家河村"},
                {"name": "种什么", "value": "大葱"},
                {"name": "亩数", "value": ""},
            ]
        }


STORY_BLOCKS = [
    ("heading", HeadingBlock()),
    ("text", TextBlock()),
    ("quote", QuoteBlock()),
    ("picture", PictureBlock()),
    ("facts", FactsBlock()),
    ("action", CallToActionBlock(group=ACTIONS)),
]
