"""What the back office lists and edits of the brand."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from brand.back_office.product_form import ProductForm
from brand.back_office.slugs import SluggedForm
from brand.back_office.tables import ListView
from brand.back_office.views import TellsChanged, TellsCreated, TellsDeleted
from brand.models import Crop, Member, Product, Region


class _ListProducts(ListView):
    along = ("member", "region", "crop")


class _ListMembers(ListView):
    along = ("region",)


class _TellingViewSet(ModelViewSet):
    """Everything of the brand is public: each change is told."""

    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    delete_view_class = TellsDeleted
    copy_view_enabled = False
    search_backend_name = None


class ProductViewSet(_TellingViewSet):
    """Products under the brand."""

    model = Product
    name = "brand-products"
    icon = "pick"
    menu_label = _("Products")
    index_view_class = _ListProducts
    list_display = ["name", "pack_size", "member", "gtin", "region"]
    list_export = ["name", "pack_size", "member", "region", "gtin", "crop", "needs_certificate", "summary"]
    export_filename = "products"
    list_filter = ["region", "member"]
    search_fields = ["name", "gtin", "slug", "member__name"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("member")]),
                FieldRowPanel([FieldPanel("name"), FieldPanel("pack_size")]),
                FieldRowPanel([FieldPanel("gtin"), FieldPanel("slug")]),
                FieldRowPanel([FieldPanel("crop"), FieldPanel("needs_certificate")]),
            ],
            heading=_("Product"),
        ),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("description")], heading=_("In words")),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("art")], heading=_("In pictures")),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=ProductForm).bind_to_model(self.model)


class CropViewSet(_TellingViewSet):
    """What products are grown as, and the warmth that needs."""

    model = Crop
    name = "brand-crops"
    icon = "pick"
    menu_label = _("Crops")
    list_display = ["name", "name_en", "base_temperature"]
    search_fields = ["name", "name_en"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldPanel("base_temperature"),
    ]


class MemberViewSet(_TellingViewSet):
    """Members of the association."""

    model = Member
    name = "brand-members"
    icon = "group"
    menu_label = _("Members")
    index_view_class = _ListMembers
    list_display = ["name", "kind", "town", "region", "phone"]
    list_export = ["name", "kind", "credit_code", "region", "town", "address", "phone", "joined_on"]
    export_filename = "members"
    list_filter = ["region", "kind"]
    search_fields = ["name", "slug", "credit_code", "phone", "town"]
    panels = [
        FieldPanel("region"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("credit_code")]),
        FieldRowPanel([FieldPanel("town"), FieldPanel("address")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("joined_on")]),
        FieldPanel("about"),
    ]

    def get_edit_handler(self) -> Any:
        """Make the address from the name."""
        return ObjectList(self.panels, base_form_class=SluggedForm).bind_to_model(self.model)


class RegionViewSet(_TellingViewSet):
    """Counties."""

    model = Region
    name = "brand-regions"
    icon = "globe"
    menu_label = _("Counties")
    list_display = ["name", "full_name", "adcode", "site"]
    search_fields = ["name", "full_name", "slug"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
                FieldRowPanel([FieldPanel("full_name"), FieldPanel("adcode")]),
                FieldPanel("site"),
            ],
            heading=_("County"),
        ),
        FieldRowPanel(
            [FieldPanel("icp_number"), FieldPanel("police_number")], heading=_("Filing numbers in the footer")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]), FieldPanel("address")],
            heading=_("How to reach the association"),
        ),
    ]


class BrandViewSetGroup(ModelViewSetGroup):
    """The menu of the brand."""

    menu_label = _("The brand")
    menu_icon = "tag"
    menu_order = 220
    items = (ProductViewSet, CropViewSet, RegionViewSet)
