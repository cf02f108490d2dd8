"""Several pictures to page through."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
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

    def get_preview_value(self) -> Any:
        """Show the newest pictures there are."""
        newest = get_image_model().objects.order_by("-pk")[:3]
        return self.normalize({"pictures": [{"image": image, "caption": image.title} for image in newest]})

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = PICTURES
        template = "news/blocks/gallery.html"
        preview_template = "news/block_preview.html"
        description = _("Several photographs to page through.")
