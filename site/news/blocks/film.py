"""Films: uploaded here, or kept at a site for films."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from news.blocks.groups import PICTURES
from news.films.chooser import PostFilmChooserBlock
from news.films.players import Player, player_of


class VideoValue(blocks.StructValue):
    """A film, or a link to one."""

    @property
    def player(self) -> Player | None:
        """Return the film elsewhere, None when it is one of ours or its site is not known."""
        return player_of(self.get("address") or "")


class VideoBlock(blocks.StructBlock):
    """A film. It plays when somebody touches it, never by itself."""

    film = PostFilmChooserBlock(label=_("Film"), required=False, help_text=_("One that was uploaded here."))
    address = blocks.CharBlock(
        label=_("Or its address elsewhere"),
        required=False,
        help_text=_("A page of 腾讯视频 or B站. It is shown as a card that leads there."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    def clean(self, value: Any) -> Any:
        """Refuse both and neither, and an address of a site we do not know.

        Raises:
            StructBlockValidationError: on the field that is wrong.
        """
        value = super().clean(value)
        film, address = value["film"], value["address"]
        if bool(film) == bool(address):
            wrong = _("Choose a film, or give an address: one of the two.")
            raise StructBlockValidationError({"film": ValidationError(wrong)})
        if address and value.player is None:
            wrong = _("Only pages of films at v.qq.com and bilibili.com are linked.")
            raise StructBlockValidationError({"address": ValidationError(wrong)})
        return value

    class Meta:
        icon = "media"
        label = _("Video")
        group = PICTURES
        template = "news/blocks/video.html"
        preview_template = "news/block_preview.html"
        value_class = VideoValue
        description = _("A film with its still; it plays when somebody touches it.")
        preview_value = {
            "address": "https://www.bilibili.com/video/BV1xx411c7mD/",
            "caption": "第三遍培土，从头看到尾",
        }
