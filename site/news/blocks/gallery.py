"""Several pictures to page through."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from news.blocks.groups import PICTURES

MOST_PICTURES = 60


class GalleryPictureBlock(blocks.StructBlock):
    """One picture of a gallery."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What is on it"),
        required=False,
        help_text=_("For people who cannot see it. Empty: the title of the picture."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side, to be swiped or turned with the arrow keys."""

    pictures = blocks.ListBlock(GalleryPictureBlock(), label=_("Pictures"), min_num=2, max_num=MOST_PICTURES)
    credit = blocks.CharBlock(label=_("Who took them"), required=False)

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = PICTURES
        template = "news/blocks/gallery.html"
        preview_template = "news/block_preview.html"
        description = _("Several photographs to page through.")
