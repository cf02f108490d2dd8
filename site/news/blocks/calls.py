"""Calls to check something: a code, a licence."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from news.blocks.groups import ACTIONS


class Check(models.TextChoices):
    """What a reader is asked to check."""

    CODE = "code", _("the code of a package")
    LICENCE = "licence", _("the licence of a seller")


# where a check is asked for, what its field is called there, and what may be typed
_FORMS: Final = {
    Check.CODE: ("/trace/", "code", _("16 letters and digits under the code")),
    Check.LICENCE: ("/brand/licences/", "number", _("Number on the licence")),
}


class LicenceCallValue(blocks.StructValue):
    """A call with the form it leads to."""

    @property
    def address(self) -> str:
        """Return the page that answers."""
        return _FORMS[Check(self.get("check") or Check.CODE)][0]

    @property
    def field(self) -> str:
        """Return what that page calls the field."""
        return _FORMS[Check(self.get("check") or Check.CODE)][1]

    @property
    def hint(self) -> str:
        """Return what is to be typed."""
        return str(_FORMS[Check(self.get("check") or Check.CODE)][2])


class LicenceCallBlock(blocks.StructBlock):
    """A field to type a code or the number of a licence in, and the button that checks it."""

    check = blocks.ChoiceBlock(label=_("What to check"), choices=Check.choices, default=Check.CODE)
    title = blocks.CharBlock(label=_("Title"), max_length=40)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)

    class Meta:
        icon = "search"
        label = _("Check a code or licence")
        group = ACTIONS
        template = "news/blocks/licence_call.html"
        preview_template = "news/block_preview.html"
        value_class = LicenceCallValue
        description = _("A field for a code or the number of a licence, and a button.")
        preview_value = {
            "check": "licence",
            "title": "带这个标的，才算数",
            "text": "标是大家的，用要有授权。输一下编号，就知道这家有没有。",
        }
