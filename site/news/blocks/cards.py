"""Cards of what a post speaks of: a product, a base with its readings, a course."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from brand.models import Product
from cms.choosers import BaseChooserBlock, ProductChooserBlock
from cms.offers import product_url, with_article
from news.blocks.groups import PRODUCE
from telemetry.models import Base


class ProductCardBlock(blocks.StructBlock):
    """A product: in the hall with its price, else with its record."""

    product = ProductChooserBlock(label=_("Product"))
    note = blocks.CharBlock(
        label=_("One line"), required=False, max_length=40, help_text=_("Empty: the line of the product.")
    )

    def get_preview_value(self) -> Any:
        """Show a product there is."""
        drawn = Product.objects.exclude(art="").select_related("region", "member", "image")
        return self.normalize({"product": with_article(drawn).first(), "note": ""})

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the product and where it can be bought or read about."""
        product = value["product"]
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "product": product, "url": product_url(product) if product else ""}

    class Meta:
        icon = "tag"
        label = _("Product card")
        group = PRODUCE
        template = "news/blocks/product_card.html"
        preview_template = "news/block_preview.html"
        description = _("A product with its price in the hall, or else its record.")


class BaseLiveBlock(blocks.StructBlock):
    """What the station of a base measures right now."""

    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=20, help_text=_("Such as 此刻的张家河.")
    )
    base = BaseChooserBlock(label=_("Base"), help_text=_("One with a station."))

    def get_preview_value(self) -> Any:
        """Show a base that has a station."""
        base = Base.objects.filter(devices__is_active=True).first()
        return self.normalize({"title": "此刻的地里", "base": base})

    class Meta:
        icon = "time"
        label = _("Live readings")
        group = PRODUCE
        template = "news/blocks/base_live.html"
        preview_template = "news/block_preview.html"
        description = _("What the station of a base measures now.")


class CourseChooserBlock(blocks.PageChooserBlock):
    """Chooses a course; courses of one post come in one query, with their pictures in another."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Return the courses in the order of their keys, None for one that is gone or not public."""
        wanted = list(values)
        found = self.model_class.objects.live().select_related("image").defer("body").in_bulk(wanted)
        return [found.get(key) for key in wanted]


class CourseCardBlock(blocks.StructBlock):
    """A course."""

    course = CourseChooserBlock(label=_("Course"), page_type="training.CoursePage")
    note = blocks.CharBlock(
        label=_("One line"), required=False, max_length=40, help_text=_("Empty: the summary of the course.")
    )

    def get_preview_value(self) -> Any:
        """Show a course there is."""
        courses = self.child_blocks["course"].model_class.objects.live()
        return self.normalize({"course": courses.select_related("image").first(), "note": ""})

    class Meta:
        icon = "openquote"
        label = _("Course card")
        group = PRODUCE
        template = "news/blocks/course_card.html"
        preview_template = "news/block_preview.html"
        description = _("A course with its teacher, and the way to it.")
