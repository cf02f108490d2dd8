"""Blocks of the brand page."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from association.choosers import FilmChooserBlock, MemberChooserBlock
from brand.models import Licence

BRAND = _("The brand")
_A_PICTURE = _("Without one the county's seal stands there.")


class ValueBlock(blocks.StructBlock):
    """One thing the brand stands for."""

    name = blocks.CharBlock(label=_("In a word"), max_length=12)
    text = blocks.TextBlock(label=_("What that means"), rows=2)


class ValuesBlock(blocks.StructBlock):
    """What the brand stands for."""

    title = blocks.CharBlock(label=_("Title"), max_length=24)
    items = blocks.ListBlock(ValueBlock(), label=pgettext_lazy("brand", "Values"), min_num=1)

    class Meta:
        icon = "tick"
        label = pgettext_lazy("brand", "Values")
        group = BRAND
        template = "association/blocks/values.html"
        description = _("What the brand stands for, a card each.")
        preview_value = {
            "title": "我们认这几样",
            "items": [
                {"name": "土里的", "text": "长在这块地里，照着一本标准种。"},
                {"name": "查得到", "text": "每一包都有码，没记的写未记录。"},
            ],
        }


class MascotBlock(blocks.StructBlock):
    """The figure that speaks for the brand."""

    name = blocks.CharBlock(label=_("Name"), max_length=12)
    says = blocks.CharBlock(label=_("What it says"), max_length=40, required=False)
    text = blocks.TextBlock(
        label=_("Who it is"), rows=3, help_text=_("Where it comes from, what it carries, what it is like.")
    )
    image = ImageChooserBlock(label=_("Picture"), required=False, help_text=_A_PICTURE)

    class Meta:
        icon = "user"
        label = _("Mascot")
        group = BRAND
        template = "association/blocks/mascot.html"
        description = _("The figure that speaks for the brand, with its story.")
        preview_value = {"name": "白白", "says": "土里待过三遍，才这么白。", "text": "一根葱，腰里系着湿土。"}


class MomentBlock(blocks.StructBlock):
    """One point of a history."""

    when = blocks.CharBlock(label=_("When"), max_length=20, help_text=_("2018, or March 2018."))
    title = blocks.CharBlock(label=_("What happened"), max_length=40)
    text = blocks.TextBlock(label=pgettext_lazy("timeline", "More"), required=False, rows=2)


class TimelineBlock(blocks.StructBlock):
    """How the brand came to be."""

    title = blocks.CharBlock(label=_("Title"), max_length=24)
    moments = blocks.ListBlock(MomentBlock(), label=_("Moments"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        group = BRAND
        template = "association/blocks/timeline.html"
        description = _("Years and what happened in them.")
        preview_value = {
            "title": "走到今天",
            "moments": [{"when": "2018 年", "title": "写下第一本种植标准", "text": "照着张家河的地写。"}],
        }


class FilmBlock(blocks.StructBlock):
    """The film of the brand. It plays when somebody touches it, never by itself."""

    title = blocks.CharBlock(label=_("Title"), max_length=24)
    film = FilmChooserBlock(label=_("Film"))

    class Meta:
        icon = "media"
        label = _("Film")
        group = BRAND
        template = "association/blocks/film.html"
        description = _("A film with its still; it plays when somebody touches it.")


class MemberBrandBlock(blocks.StructBlock):
    """A small brand of a member."""

    name = blocks.CharBlock(label=_("Name"), max_length=20)
    text = blocks.TextBlock(label=_("What it makes"), rows=2)
    image = ImageChooserBlock(label=_("Picture"), required=False, help_text=_A_PICTURE)
    member = MemberChooserBlock(
        label=_("Member"), required=False, help_text=_("Leads to its page, and shows whether it is licensed.")
    )
    address = blocks.CharBlock(
        label=_("Or an address"), required=False, help_text=_("Such as /brand/members/conghe/.")
    )


class MemberBrandsBlock(blocks.StructBlock):
    """The small brands under the regional one (小而美)."""

    title = blocks.CharBlock(label=_("Title"), max_length=24)
    brands = blocks.ListBlock(MemberBrandBlock(), label=_("Brands"), min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add which of the members hold a licence today. 1 query."""
        members = [brand["member"].pk for brand in value["brands"] if brand["member"]]
        valid = Licence.objects.valid(on=timezone.localdate()).filter(member__in=members)
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "licensed": set(valid.values_list("member_id", flat=True)) if members else set()}

    class Meta:
        icon = "group"
        label = _("Member brands")
        group = BRAND
        template = "association/blocks/brands.html"
        description = _("The small brands under the regional one.")
        preview_value = {
            "title": "小而美",
            "brands": [{"name": "聪和", "text": "两斤半一捆的小包葱。", "address": "/brand/members/conghe/"}],
        }
