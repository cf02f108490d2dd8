"""What the back office lists of the packaging stock, and its menu."""

from typing import Any

from django.db.models import Model
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from brand.back_office.packaging import item_views, lists, quota_views, request_desk
from brand.back_office.packaging.item_desk import ItemDesk
from brand.back_office.packaging.policies import NeverDeletedPolicy
from brand.back_office.packaging.return_desk import ReturnDesk
from brand.back_office.packaging.statement_views import StatementViewSet
from brand.back_office.packaging.take_desk import TakeDesk, begin
from brand.back_office.policies import LookedAtPolicy
from brand.models import (
    PackagingHolding,
    PackagingItem,
    PackagingMovement,
    PackagingQuota,
    PackagingRequest,
    PackagingReturn,
    StockTake,
)

_POLICIES: dict[type[Model], type[ModelPermissionPolicy]] = {
    PackagingItem: NeverDeletedPolicy,
    PackagingQuota: NeverDeletedPolicy,
    **dict.fromkeys(
        (PackagingMovement, PackagingHolding, PackagingRequest, PackagingReturn, StockTake), LookedAtPolicy
    ),
}
for _model, _policy in _POLICIES.items():
    register_permission_policy(_model, _policy(_model))


def _to_desk(viewset: str, name: str, label: Any) -> TitleColumn:
    """Return a column that leads to the page of a thing."""

    def address(thing: Model) -> str:
        return reverse(f"{viewset}:desk", args=[thing.pk])

    return TitleColumn(name, label=label, accessor=name, get_url=address)


class _Listed(ModelViewSet):
    """Listed, found, exported."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    exclude_form_fields: list[str] = []


class PackagingItemViewSet(_Listed):
    """Items: described here; everything that moves them is done on the page of each."""

    model = PackagingItem
    name = "brand-packaging-items"
    icon = "folder-open-1"
    menu_label = _("Packaging items")
    index_view_class = item_views.ListItems
    add_view_class = item_views.AddItem
    edit_view_class = item_views.EditItem
    list_display = [
        _to_desk("brand-packaging-items", "__str__", _("packaging item")),
        "kind",
        Column("remaining", label=_("in stock"), accessor="stock.remaining"),
        Column("promised", label=pgettext_lazy("packaging", "promised"), accessor="stock.promised"),
        "low_level",
        "issue_until",
        "region",
    ]
    list_export = [
        "name", "kind", "specification", "unit", "region", "product", "artwork_note", "stock.remaining",
        "stock.promised", "low_level", "issue_until", "price",
    ]  # fmt: skip
    export_filename = "packaging-items"
    list_filter = ["region", "kind", "product"]
    search_fields = ["name", "artwork_note", "specification", "product__name"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("name"), FieldPanel("specification"), FieldPanel("unit")]),
                FieldPanel("product"),
            ],
            heading=_("Item"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("artwork"), FieldPanel("artwork_note")]),
                FieldRowPanel([FieldPanel("issue_until"), FieldPanel("successor")]),
            ],
            heading=_("Artwork"),
        ),
        FieldRowPanel([FieldPanel("low_level"), FieldPanel("price")], heading=_("Stock and price")),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=item_views.ItemForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of an item and its acts."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", ItemDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", ItemDesk.as_view(), name="act"),
        ]


class PackagingRequestViewSet(_Listed):
    """Requests of members."""

    model = PackagingRequest
    name = "brand-packaging-requests"
    icon = "mail"
    menu_label = _("Requests")
    index_view_class = lists.ListRequests
    list_display = [
        _to_desk("brand-packaging-requests", "number", _("number")),
        "member",
        "licence",
        Column("state", label=_("state"), accessor="get_state_display"),
        "asked_at",
        "keep_until",
    ]
    list_export = [
        "number", "member", "licence", "state", "asked_at", "decided_at", "keep_until", "note_number",
        "collector", "picked_up_at",
    ]  # fmt: skip
    export_filename = "packaging-requests"
    list_filter = {"state": ["exact"], "licence__region": ["exact"], "member": ["exact"]}
    search_fields = ["number", "note_number", "member__name", "licence__number"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a request, its acts and its note."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", request_desk.RequestDesk.as_view(), name="desk"),
            path("<int:pk>/note.pdf", request_desk.note, name="note"),
            path("<int:pk>/<slug:act>/", request_desk.RequestDesk.as_view(), name="act"),
        ]


class PackagingReturnViewSet(_Listed):
    """Returns that were announced, and what came."""

    model = PackagingReturn
    name = "brand-packaging-returns"
    icon = "undo"
    menu_label = _("Returns")
    index_view_class = lists.ListReturns
    list_display = [
        _to_desk("brand-packaging-returns", "item", _("packaging item")),
        "member",
        "quantity",
        Column("state", label=_("state"), accessor="get_state_display"),
        "good",
        "damaged",
        "announced_at",
    ]
    list_filter = {"state": ["exact"], "item__region": ["exact"], "member": ["exact"]}
    search_fields = ["number", "member__name", "item__name"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a return and its act."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", ReturnDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", ReturnDesk.as_view(), name="act"),
        ]


class PackagingQuotaViewSet(_Listed):
    """Quotas."""

    model = PackagingQuota
    name = "brand-packaging-quotas"
    icon = "tasks"
    menu_label = _("Quotas")
    index_view_class = quota_views.ListQuotas
    add_view_class = quota_views.CreateQuota
    edit_view_class = quota_views.ChangeQuota
    list_display = [
        "licence",
        Column("member", label=_("member"), accessor="licence.member"),
        "item",
        "quantity",
        "taken",
        "promised",
        Column("left", label=pgettext_lazy("packaging", "left"), accessor="left"),
    ]
    list_export = ["licence", "licence.member", "item", "quantity", "taken", "promised", "left"]
    export_filename = "packaging-quotas"
    list_filter = {"licence__region": ["exact"], "item": ["exact"], "licence": ["exact"]}
    search_fields = ["licence__number", "licence__member__name", "item__name"]

    def get_form_class(self, for_update: bool = False) -> Any:
        """Use our forms."""
        return quota_views.ChangeForm if for_update else quota_views.QuotaForm


class PackagingHoldingViewSet(_Listed):
    """What members hold."""

    model = PackagingHolding
    name = "brand-packaging-holdings"
    icon = "group"
    menu_label = _("At the members")
    index_view_class = lists.ListHoldings
    list_display = ["member", "item", "issued", "used", "spoiled", "returned", "remaining"]
    list_export = list_display
    export_filename = "packaging-at-members"
    list_filter = {"item__region": ["exact"], "item": ["exact"], "member": ["exact"]}
    search_fields = ["member__name", "item__name"]


class PackagingMovementViewSet(_Listed):
    """The ledger."""

    model = PackagingMovement
    name = "brand-packaging-ledger"
    icon = "history"
    menu_label = _("Ledger")
    index_view_class = lists.ListMovements
    list_display = [
        "number",
        Column("kind", label=_("kind"), accessor="get_kind_display"),
        "item",
        "quantity",
        Column("after", label=_("stock after")),
        "member",
        "note",
        "by",
        "at",
    ]
    list_export = [
        "number", "kind", "item", "quantity", "before", "after", "member", "licence", "price", "note", "at",
    ]  # fmt: skip
    export_filename = "packaging-ledger"
    list_filter = {
        "item__region": ["exact"],
        "kind": ["exact"],
        "item": ["exact"],
        "member": ["exact"],
        "at": ["gte", "lte"],
    }
    search_fields = ["number", "item__name", "member__name", "note"]


class StockTakeViewSet(_Listed):
    """Stock-takes."""

    model = StockTake
    name = "brand-packaging-takes"
    icon = "list-ol"
    menu_label = _("Stock-takes")
    index_view_class = lists.ListTakes
    list_display = [
        _to_desk("brand-packaging-takes", "number", _("number")),
        "region",
        "opened_at",
        "opened_by",
        "closed_at",
        "closed_by",
    ]
    list_filter = {"region": ["exact"], "closed_at": ["isnull"]}
    search_fields = ["number"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a stock-take, its acts, and the beginning of one."""
        return [
            *super().get_urlpatterns(),
            path("begin/", begin, name="begin"),
            path("<int:pk>/", TakeDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", TakeDesk.as_view(), name="act"),
        ]


class PackagingViewSetGroup(ModelViewSetGroup):
    """The menu of the packaging stock, daily work first."""

    menu_label = _("Packaging stock")
    menu_icon = "folder-open-1"
    menu_order = 224
    items = (
        PackagingRequestViewSet,
        PackagingItemViewSet,
        PackagingReturnViewSet,
        StockTakeViewSet,
        StatementViewSet,
        PackagingMovementViewSet,
        PackagingHoldingViewSet,
        PackagingQuotaViewSet,
    )
