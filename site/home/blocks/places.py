"""Where it grows, and what the station there measures now."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.story import FactBlock
from cms.choosers import BaseChooserBlock
from home.blocks.groups import PRODUCE
from telemetry.models import Base


class LiveBlock(blocks.StructBlock):
    """Live readings of one base."""

    title = blocks.CharBlock(label=_("Title"), max_length=20, help_text=_("Such as 此刻的张家河."))
    more = blocks.CharBlock(label=_("Words of the link"), max_length=12, default="十项都看")
    base = BaseChooserBlock(label=_("Base"), help_text=_("One with a station."))

    def get_preview_value(self) -> Any:
        """Show a base that has a station."""
        base = Base.objects.filter(devices__is_active=True).first()
        return self.normalize({"title": "此刻的地里", "more": "十项都看", "base": base})

    class Meta:
        icon = "time"
        label = _("Live readings")
        group = PRODUCE
        template = "home/blocks/live.html"
        description = _("What the station of a base measures now.")


class PlaceBlock(blocks.StructBlock):
    """A base as a card."""

    title = blocks.CharBlock(label=_("Title"), max_length=20, default="长在哪")
    base = BaseChooserBlock(label=_("Base"))
    facts = blocks.ListBlock(FactBlock(), label=_("Facts"), default=[], min_num=0, max_num=5)

    class Meta:
        icon = "site"
        label = _("Base")
        group = PRODUCE
        template = "home/blocks/place.html"
        description = _("A base with its picture and a few facts.")
