"""Pick-up points in the back office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from brand.back_office.views import TellsChanged, TellsCreated, TellsDeleted
from shop.pickup.models import PickupPoint


class PointList(ListView):
    """Lists points."""

    along = ("region",)


class PickupPointViewSet(ModelViewSet):
    """Halls and stations that hand out orders; one with orders is closed, not deleted."""

    model = PickupPoint
    name = "pickup-points"
    menu_label = _("Pick-up points")
    icon = "home"
    index_view_class = PointList
    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    delete_view_class = TellsDeleted
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ("name", "region", "place", "hours", BooleanColumn("open", label=_("open")))
    list_filter = ("region", "open")
    search_fields = ("name", "place")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("region"), FieldPanel("name")]),
            FieldRowPanel([FieldPanel("place"), FieldPanel("district_code")]),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("hours")]),
            FieldPanel("open"),
        ]
    )
