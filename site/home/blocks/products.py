"""Products of the county."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from brand.models import Product
from cms.choosers import ProductChooserBlock
from cms.offers import product_url, with_article
from home.blocks.groups import PRODUCE

# on a wide screen: one large with two or four beside it, else rows of three or four; on a phone pairs,
# below a large one when their number is odd
LAYOUTS = {3: "", 5: "five", 6: "threes", 9: "threes"}


class ProductItemBlock(blocks.StructBlock):
    """A product and what is said of it here."""

    product = ProductChooserBlock(label=_("Product"))
    tag = blocks.CharBlock(
        label=_("Tag"), required=False, max_length=8, help_text=_("Such as 当季. Stands on the drawing.")
    )
    note = blocks.CharBlock(
        label=_("One line"), required=False, max_length=40, help_text=_("Empty: the line of the product.")
    )

    class Meta:
        icon = "tag"


class ProductsBlock(blocks.StructBlock):
    """Products, the first one large."""

    title = blocks.CharBlock(label=_("Title"), max_length=20, default="这几天的货")
    more = blocks.CharBlock(label=_("Words of the link"), max_length=12, default="进特产馆")
    items = blocks.ListBlock(
        ProductItemBlock(),
        label=_("Products"),
        min_num=1,
        max_num=9,
        help_text=_("Of three or five the first one is shown large."),
    )

    def get_preview_value(self) -> Any:
        """Show products there are."""
        drawn = Product.objects.exclude(art="").select_related("region", "member", "image").order_by("pk")
        items = [{"product": product, "tag": "", "note": ""} for product in with_article(drawn)[:3]]
        return self.normalize({"title": "这几天的货", "more": "进特产馆", "items": items})

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add where each product can be bought; a product that was deleted is left out."""
        context = super().get_context(value, parent_context=parent_context)
        items = [item for item in value["items"] if item["product"] is not None]
        odd = len(items) % 2 == 1
        context["goods"] = [
            {"item": item, "url": product_url(item["product"]), "big": odd and place == 0}
            for place, item in enumerate(items)
        ]
        context["layout"] = LAYOUTS.get(len(items), "fours")
        return context

    class Meta:
        icon = "tag"
        label = _("Products")
        group = PRODUCE
        template = "home/blocks/products.html"
        description = _("Products with their drawings, the first one large.")
