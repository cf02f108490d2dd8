"""Types of goods in the back office: what may be sent back without a reason is laid down for each."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.policies import NeverDeletedPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from shop.catalogue.models import ProductClass

# articles and terms of sending back name their type
register_permission_policy(ProductClass, NeverDeletedPolicy(ProductClass))


class TypeViewSet(ModelViewSet):
    """Types: fresh produce, glass, made to order. All are stocked and shipped."""

    model = ProductClass
    name = "shop-types"
    menu_label = _("Types of goods")
    icon = "tag"
    index_view_class, add_view_class, edit_view_class = ListView, Creates, Changes
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_display = ("name",)
    list_export = ("name",)
    export_filename = "types"
    search_fields = ("name",)
    panels = (FieldPanel("name"),)
