"""The choice of a drawing."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from brand.themes import theme, themes


def drawing_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the drawings there are, by county."""
    return [(look.name, list(look.drawings.items())) for look in map(theme, themes())]


class DrawingBlock(blocks.ChoiceBlock):
    """One of the drawings of the county's theme."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "choices": drawing_choices,
            "required": False,
            "label": _("Drawing"),
            "help_text": _("Of this county; another county's drawing is not shown here."),
        }
        super().__init__(**{**defaults, **kwargs})

    class Meta:
        icon = "draft"
