"""Blocks of the press page: words to copy, pictures and files to take."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from association.press.documents import given_to_everybody
from brand.models import VIAccess, VIAsset, VISystem, VIVersion

PRESS = _("For the press")
MOST_MARKS = 12  # more is what the library is for


class PressWordsBlock(blocks.StructBlock):
    """A text that may be copied as it is."""

    title = blocks.CharBlock(label=_("Title"), max_length=24)
    text = blocks.TextBlock(label=_("Text"), rows=4, help_text=_("Facts with their source; no praise."))

    class Meta:
        icon = "pilcrow"
        label = _("Text to copy")
        group = PRESS
        template = "association/blocks/press_words.html"
        description = _("A text that may be copied as it is, with a button for it.")
        preview_value = {
            "title": "一句话",
            "text": "潞城大葱是山西省长治市潞城区的区域公用品牌，归协会管，用要有授权。",
        }


class PressPictureBlock(blocks.StructBlock):
    """A picture with what is on it."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=80)
    credit = blocks.CharBlock(label=_("Who took it"), max_length=40, required=False)


class PressPicturesBlock(blocks.StructBlock):
    """Pictures in full size."""

    title = blocks.CharBlock(label=_("Title"), max_length=24)
    items = blocks.ListBlock(PressPictureBlock(), label=pgettext_lazy("press", "Pictures"), min_num=1)

    class Meta:
        icon = "image"
        label = _("Pictures in full size")
        group = PRESS
        template = "association/blocks/press_pictures.html"
        description = _("Pictures with captions, to be taken as they were uploaded.")


class PressFileBlock(blocks.StructBlock):
    """A file with what it is."""

    document = DocumentChooserBlock(label=_("Document"))
    about = blocks.CharBlock(label=_("What it is"), max_length=80)


class PressFilesBlock(blocks.StructBlock):
    """Files: logos in print quality, fact sheets."""

    title = blocks.CharBlock(label=_("Title"), max_length=24)
    items = blocks.ListBlock(PressFileBlock(), label=pgettext_lazy("press", "Files"), min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Leave out what is not for everybody. 1 query."""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "items": given_to_everybody(value["items"])}

    class Meta:
        icon = "doc-full"
        label = pgettext_lazy("press", "Files")
        group = PRESS
        template = "association/blocks/press_files.html"
        description = _("Logos in print quality, fact sheets: whatever is a document.")


class PressMarksBlock(blocks.StructBlock):
    """The logo and its variants, out of the VI library."""

    title = blocks.CharBlock(label=_("Title"), max_length=24)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add what the county's library gives to everybody. 1 query."""
        context = super().get_context(value, parent_context=parent_context)
        current = VIVersion.objects.filter(
            current=True,
            asset__region=context.get("region"),
            asset__in=VIAsset.objects.published(),
            asset__access=VIAccess.PUBLIC,
            asset__category__system=VISystem.BASIC,
        )
        versions = current.select_related("asset").order_by("asset__position", "asset__title", "pk")
        return {**context, "versions": versions[:MOST_MARKS]}

    class Meta:
        icon = "tag"
        label = _("Logos of the VI library")
        group = PRESS
        template = "association/blocks/press_marks.html"
        description = _("What the VI library gives to everybody: it follows the library by itself.")
        preview_value = {"title": "标志", "text": "不拆，不改色，不加影子。"}
