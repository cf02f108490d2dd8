"""Choosers of things that are not pages: products under the brand and bases."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock

from cms.offers import with_article


class ThingChooserBlock(ChooserBlock):
    """Loads all chosen things of a page with county, member and picture in one query."""

    shown_with: tuple[str, ...] = ()

    def things(self) -> QuerySet[Any]:
        """Return all things there are, with what a page shows of them."""
        return self.model_class.objects.select_related(*self.shown_with)

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Return the things in the order of their keys, None for one that is gone."""
        wanted = list(values)
        found = self.things().in_bulk(wanted)
        return [found.get(key) for key in wanted]


class _ProductBlock(ThingChooserBlock):
    shown_with = ("region", "member", "image")

    def things(self) -> QuerySet[Any]:
        """Return the products with the article each is sold as."""
        return with_article(super().things())


class _BaseBlock(ThingChooserBlock):
    shown_with = ("region", "image")


class ProductChooserViewSet(ChooserViewSet):
    """Chooses a product under the brand."""

    model = "brand.Product"
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    base_block_class = _ProductBlock
    register_widget = False


class BaseChooserViewSet(ChooserViewSet):
    """Chooses a base."""

    model = "telemetry.Base"
    icon = "site"
    choose_one_text = _("Choose a base")
    choose_another_text = _("Choose another base")
    base_block_class = _BaseBlock
    register_widget = False


product_chooser = ProductChooserViewSet("cms_product_chooser")
base_chooser = BaseChooserViewSet("cms_base_chooser")
ProductChooserBlock = product_chooser.get_block_class("ProductChooserBlock", "cms.choosers")
BaseChooserBlock = base_chooser.get_block_class("BaseChooserBlock", "cms.choosers")
