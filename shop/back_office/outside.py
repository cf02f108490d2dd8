"""Outside halls in the back office: where they are, and what they sold by day."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates, TellsChanged, TellsCreated, TellsDeleted
from shop.models import OutsideHall, OutsideSale
from shop.outside.selling import why_not


class ListHalls(ListView):
    """Lists outside halls."""

    along = ("region",)


class OutsideHallViewSet(ModelViewSet):
    """Halls on other platforms."""

    model = OutsideHall
    name = "shop-outside-halls"
    icon = "link-external"
    menu_label = _("Outside halls")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListHalls
    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    delete_view_class = TellsDeleted
    list_display = [
        "name",
        Column("platform", label=_("platform"), accessor="get_platform_display"),
        "region",
        "url",
        "opened_on",
        "shown",
    ]
    list_export = ["region", "platform", "name", "url", "opened_on", "shown"]
    list_filter = {"region": ["exact"], "platform": ["exact"]}
    search_fields = ["name", "url"]
    search_backend_name = None
    panels = [
        FieldRowPanel([FieldPanel("region"), FieldPanel("platform")]),
        FieldPanel("name"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("opened_on"), FieldPanel("shown")]),
    ]


class SaleForm(WagtailAdminModelForm):
    """What one hall sold on one day."""

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be."""
        facts: dict[str, Any] = super().clean()
        wanted = ("day", "orders", "amount", "refunded")
        if all(facts.get(name) is not None for name in wanted):
            reason = why_not(today=timezone.localdate(), **{name: facts[name] for name in wanted})
            if reason:
                self.add_error(None, reason)
        return facts


class ListSales(ListView):
    """Lists figures, the newest first."""

    along = ("hall__region",)


class OutsideSaleViewSet(ModelViewSet):
    """What they sold."""

    model = OutsideSale
    name = "shop-outside-sales"
    icon = "table"
    menu_label = _("Sales outside")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class, add_view_class, edit_view_class = ListSales, Creates, Changes
    list_display = [
        "day",
        "hall",
        "orders",
        Column("amount", label=pgettext_lazy("money", "amount")),
        "refunded",
    ]
    list_export = [
        "day",
        "hall.region.name",
        "hall.platform",
        "hall.name",
        "orders",
        "amount",
        "refunded",
        "note",
    ]
    export_filename = "outside-sales"
    list_filter = {
        "hall__region": ["exact"],
        "hall": ["exact"],
        "hall__platform": ["exact"],
        "day": ["gte", "lte"],
    }
    search_fields = ["hall__name", "note"]
    search_backend_name = None
    ordering = ["-day", "hall"]
    panels = [
        FieldRowPanel([FieldPanel("hall"), FieldPanel("day")]),
        MultiFieldPanel(
            [FieldPanel("orders"), FieldPanel("amount"), FieldPanel("refunded")],
            heading=_("Numbers of the platform's own report"),
        ),
        FieldPanel("note"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=SaleForm).bind_to_model(self.model)


ListSales.worded = {"hall.platform": lambda sale: str(sale.hall.get_platform_display())}
