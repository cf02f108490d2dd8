"""The stock in the back office: the ledger of all sellers, lots, places, stock-takes."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.packaging.policies import NeverDeletedPolicy
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from shop.models import StockLot, StockMovement, StockPlace, StockTake

for _model in (StockLot, StockMovement, StockTake):
    register_permission_policy(_model, LookedAtPolicy(_model))
register_permission_policy(StockPlace, NeverDeletedPolicy(StockPlace))


class _Listed(ModelViewSet):
    """Listed, found, exported."""

    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    exclude_form_fields: list[str] = []


class ListMovements(ListView):
    """Lists the ledger."""

    along = ("stockrecord__product__parent", "stockrecord__partner", "lot__place", "by")


class ListLots(ListView):
    """Lists what lies where, the first to expire first."""

    along = ("stockrecord__product__parent", "stockrecord__partner", "place", "batch")

    def get_base_queryset(self) -> QuerySet[StockLot]:
        """Leave out what is gone."""
        return super().get_base_queryset().filter(remaining__gt=0)


class ListTakes(ListView):
    """Lists stock-takes."""

    along = ("partner", "place", "opened_by", "closed_by")


def _title(row: Any) -> str:
    return str(row.stockrecord.called)


class MovementViewSet(_Listed):
    """The ledger: added to by receipts, parcels, returns, never changed."""

    model = StockMovement
    name = "shop-stock-movements"
    icon = "list-ul"
    menu_label = _("Stock ledger")
    index_view_class = ListMovements
    list_display = [
        "at", Column("article", label=_("article"), accessor=_title),
        Column("partner", label=_("seller"), accessor="stockrecord.partner.name"),
        Column("kind", label=_("kind"), accessor="get_kind_display"),
        "quantity", "after", "lot", "number", "note", "by",
    ]  # fmt: skip
    list_export = [
        "at", "stockrecord.product.title", "stockrecord.partner.name", "kind", "quantity", "before", "after",
        "lot.number", "lot.place.name", "number", "cost", "note",
    ]  # fmt: skip
    export_filename = "stock-ledger"
    list_filter = ["kind", "stockrecord__partner", "lot__place"]
    search_fields = ["number", "note", "stockrecord__product__title", "lot__number"]


class LotViewSet(_Listed):
    """What lies where."""

    model = StockLot
    name = "shop-stock-lots"
    icon = "folder-open-1"
    menu_label = _("Lots in stock")
    index_view_class = ListLots
    list_display = [
        Column("article", label=_("article"), accessor=_title),
        Column("partner", label=_("seller"), accessor="stockrecord.partner.name"),
        "number", "batch", "place", "expires_on", "remaining",
    ]  # fmt: skip
    list_export = [
        "stockrecord.product.title", "stockrecord.partner.name", "number", "place.name", "expires_on",
        "remaining",
    ]  # fmt: skip
    export_filename = "stock-lots"
    list_filter = ["stockrecord__partner", "place"]
    search_fields = ["number", "stockrecord__product__title"]


class TakeViewSet(_Listed):
    """Stock-takes of all sellers; they are entered on the seller's desk."""

    model = StockTake
    name = "shop-stock-takes"
    icon = "list-ol"
    menu_label = _("Stock-takes of sellers")
    index_view_class = ListTakes
    list_display = ["number", "partner", "place", "opened_at", "opened_by", "closed_at", "closed_by"]
    list_export = list_display
    export_filename = "shop-stock-takes"
    list_filter = ["partner", "place"]


class ListPlaces(ListView):
    """Lists places."""

    along = ("region", "partner", "pickup_point")


class PlaceViewSet(_Listed):
    """Halls and stations that hold goods; the store of a seller makes itself."""

    model = StockPlace
    name = "shop-stock-places"
    icon = "home"
    menu_label = _("Places with stock")
    index_view_class, add_view_class, edit_view_class = ListPlaces, Creates, Changes
    list_display = [
        "name",
        Column("kind", label=_("kind"), accessor="get_kind_display"),
        "region",
        "partner",
        "open",
    ]
    list_filter = ["kind", "region", "open"]
    search_fields = ["name"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("name")]),
                FieldRowPanel([FieldPanel("region"), FieldPanel("partner")]),
                FieldPanel("pickup_point"),
                FieldPanel("open"),
            ],
            heading=_("Place"),
        )
    ]
