"""The modules an operator composes the front page of a hall of.

Module by module the list of the programme: carousel, coupons and promotions, what sells, floors by category,
the brand, services at the foot. Banner and navigation always stand on top.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from brand.themes import theme, themes
from shop.halls.choosers import ArticleChooserBlock

SLIDES, HOT, FLOOR_ARTICLES = 5, 8, 8


def icon_choices() -> list[tuple[str, Any]]:
    """Return the icons a service may have, by their names in icons.svg."""
    return [
        ("check", _("tick")),
        ("shield", _("shield")),
        ("clock", _("clock")),
        ("place", _("place")),
        ("phone", _("telephone")),
        ("basket", _("basket")),
        ("field", _("field")),
    ]


def drawing_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the drawings there are, by county."""
    return [(look.name, list(look.drawings.items())) for look in map(theme, themes())]


def category_choices() -> list[tuple[str, str]]:
    """Return the public categories, indented by their depth."""
    from shop.catalogue.models import Category

    rows = Category.objects.browsable().order_by("path").values_list("pk", "name", "depth")
    return [(str(pk), f"{'　' * (depth - 1)}{name}") for pk, name, depth in rows]


class SlideBlock(blocks.StructBlock):
    """One picture of the carousel."""

    title = blocks.CharBlock(label=_("Title"), max_length=16)
    text = blocks.CharBlock(label=_("Text"), max_length=40, required=False)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=8, required=False)
    address = blocks.CharBlock(
        label=_("Where it leads"), max_length=200, required=False, help_text=_("Such as /shop/…")
    )
    drawing = blocks.ChoiceBlock(label=_("Drawing"), choices=drawing_choices, required=False)
    image = ImageChooserBlock(
        label=_("Picture"), required=False, help_text=_("Instead of the drawing: 1600 × 800 or larger.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")


class CarouselBlock(blocks.StructBlock):
    """Three to five large pictures side by side, moved by hand."""

    slides = blocks.ListBlock(SlideBlock(), label=_("Pictures"), min_num=1, max_num=SLIDES)

    class Meta:
        icon = "image"
        label = _("Carousel")


class TitledBlock(blocks.StructBlock):
    """A module that fills itself."""

    title = blocks.CharBlock(label=_("Title"), max_length=20)


class HotBlock(TitledBlock):
    """What sells: chosen articles, or by themselves those that sold most in thirty days."""

    articles = blocks.ListBlock(
        ArticleChooserBlock(label=_("Article")),
        label=_("Chosen articles"),
        default=[],
        max_num=HOT,
        help_text=_("None: what sold most in thirty days."),
    )

    class Meta:
        icon = "pick"
        label = _("What sells")


class FloorBlock(TitledBlock):
    """A category with its articles."""

    note = blocks.CharBlock(label=_("One line"), max_length=40, required=False)
    category = blocks.ChoiceBlock(label=_("Category"), choices=category_choices)

    class Meta:
        icon = "list-ul"
        label = _("Floor of a category")


class ServiceBlock(blocks.StructBlock):
    """One thing a buyer may count on."""

    icon = blocks.ChoiceBlock(label=_("Icon"), choices=icon_choices, default="check")
    title = blocks.CharBlock(label=_("Title"), max_length=12)
    text = blocks.CharBlock(label=_("Text"), max_length=80)

    class Meta:
        icon = "tick"
        label = _("Service")


class _Filled(TitledBlock):
    """A module filled by another part of the shop; what is empty is left out."""


MODULES: list[tuple[str, Any]] = [
    ("carousel", CarouselBlock()),
    ("coupons", _Filled(label=_("Coupons"), icon="tag")),
    ("calendar", _Filled(label=_("Calendar of promotions"), icon="calendar-alt")),
    ("presales", _Filled(label=_("Order agriculture"), icon="date")),
    ("hot", HotBlock()),
    ("floor", FloorBlock()),
    ("brand", blocks.StaticBlock(label=_("Story of the brand"), icon="doc-full", admin_text=" ")),
    ("outside", _Filled(label=_("Halls elsewhere"), icon="link-external")),
]
SERVICES: list[tuple[str, Any]] = [("service", ServiceBlock())]
