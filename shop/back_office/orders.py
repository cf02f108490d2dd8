"""Orders in the back office: found by number, phone, seller and state, taken along as a table, looked at."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import DateFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import register_permission_policy

from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from shop.back_office.reviews import ReasonForm
from shop.order.models import Line, Order
from shop.ordering.cancelling import NotCancellable, cancel_order
from shop.ordering.states import OutOfTurn
from shop.partner.models import Partner

register_permission_policy(Order, LookedAtPolicy(Order))

CANCELLABLE = {Order.State.UNPAID, Order.State.RESERVED, Order.State.TO_SEND}


class OrderFilters(WagtailFilterSet):
    """What orders are looked for by."""

    seller = ModelChoiceFilter(
        label=gettext_lazy("seller"), queryset=Partner.objects.order_by("name"), method="of_seller"
    )

    since = DateFilter(
        label=gettext_lazy("ordered from"), field_name="date_placed", lookup_expr="date__gte",
        widget=AdminDateInput,
    )  # fmt: skip
    until = DateFilter(
        label=gettext_lazy("ordered up to"), field_name="date_placed", lookup_expr="date__lte",
        widget=AdminDateInput,
    )  # fmt: skip

    class Meta:
        model = Order
        fields = ["state", "kind", "delivery", "region"]

    def of_seller(self, orders: QuerySet[Order], name: str, partner: Partner) -> QuerySet[Order]:
        """Return the orders in which that seller sells something."""
        return orders.filter(Exists(Line.objects.filter(order=OuterRef("pk"), partner=partner)))


class ListOrders(ListView):
    """Lists orders, the newest first."""

    along = ("region", "shipping_address__country", "pickup_point", "outside__hall")

    def get_base_queryset(self) -> QuerySet[Order]:
        """Read the lines along for the table."""
        orders: QuerySet[Order] = super().get_base_queryset()
        return orders.prefetch_related("lines", "dues") if self.is_export else orders

    def get_edit_url(self, instance: Order) -> str:
        """Lead to the page of the order."""
        return reverse("shop-orders:desk", args=[instance.pk])


class OrderDesk(ActDesk):
    """Shows an order; cancels it while nothing of it was sent."""

    template = "shop/admin/order.html"
    may_look, may_act = "order.view_order", "order.change_order"
    refusals = (NotCancellable, OutOfTurn)
    acts = {
        "cancel": Act(
            ReasonForm,
            gettext_lazy("Cancel the order"),
            gettext_lazy("Stock and coupons go back, and so does what was paid. The buyer reads the reason."),
            gettext_lazy("Cancel the order"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the order."""
        related = ("region", "shipping_address", "pickup_point", "user")
        self.order = get_object_or_404(Order.objects.select_related(*related), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-orders:desk", args=[self.order.pk])

    def possible(self) -> list[str]:
        """Return cancelling while nothing was sent."""
        return ["cancel"] if self.order.state in CANCELLABLE else []

    def cancel(self, form: forms.Form) -> str:
        """Cancel it."""
        cancel_order(order=self.order, reason=form.cleaned_data["reason"], at=self.now, by=self.by)
        return _("The order is cancelled.")

    def context(self) -> dict[str, Any]:
        """Return everything about the order. Six queries."""
        return {
            "order": self.order,
            "lines": self.order.lines.select_related("partner").order_by("pk"),
            "dues": self.order.dues.prefetch_related("payments"),
            "refunds": self.order.refunds.all(),
            "consignments": self.order.consignments.select_related("partner").prefetch_related("parcels"),
            "steps": _steps(self.order),
            "breadcrumbs_items": [
                {"url": reverse("shop-orders:index"), "label": gettext_lazy("Orders")},
                {"url": "", "label": self.order.number},
            ],
            "header_title": gettext_lazy("Order"),
            "page_title": gettext_lazy("Order"),
            "page_subtitle": self.order.number,
            "header_icon": "clipboard-list",
        }


def _steps(order: Order) -> list[tuple[Any, Any]]:
    changes = order.status_changes.order_by("date_created", "pk")
    return [(change.date_created, Order.State(change.new_status).label) for change in changes]


def _to(order: Order) -> str:
    if order.pickup_point is not None:
        return str(order.pickup_point)
    address = order.shipping_address
    return f"{address.name} {address.line4}" if address else ""


def _lines(order: Order) -> str:
    return "\n".join(
        f"{line.title} ×{line.quantity} ¥{line.line_price_incl_tax}" for line in order.lines.all()
    )


def _whole_address(order: Order) -> str:
    return order.shipping_address.summary if order.shipping_address else str(order.pickup_point or "")


class OrderViewSet(ModelViewSet):
    """What was bought."""

    model = Order
    name = "shop-orders"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Orders")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListOrders
    filterset_class = OrderFilters
    exclude_form_fields: list[str] = []
    list_display = [
        "number",
        Column("state", label=gettext_lazy("state"), accessor="get_state_display"),
        Column("total_incl_tax", label=pgettext_lazy("money", "amount")),
        Column("to", label=pgettext_lazy("order", "to"), accessor=_to),
        "phone",
        "region",
        DateColumn("date_placed", label=gettext_lazy("ordered at"), sort_key="date_placed"),
    ]
    list_export = [
        "number", "region", "state", "kind", "delivery", "date_placed", "paid_at", "total_incl_tax",
        "shipping_incl_tax", "phone", "address", "lines", "buyer_note", "outside",
    ]  # fmt: skip
    export_headings = {
        "region": gettext_lazy("county"), "date_placed": gettext_lazy("ordered at"),
        "total_incl_tax": pgettext_lazy("money", "amount"), "shipping_incl_tax": gettext_lazy("freight"),
        "address": gettext_lazy("address"), "lines": gettext_lazy("articles"),
        "outside": gettext_lazy("number there"),
    }  # fmt: skip
    export_filename = "orders"
    list_per_page = 50
    search_fields = ["number", "phone", "lines__title", "shipping_address__last_name"]
    search_backend_name = None
    ordering = ["-date_placed", "-pk"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of an order."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", OrderDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", OrderDesk.as_view(), name="act"),
        ]


ListOrders.worded = {
    "address": _whole_address,
    "lines": _lines,
    "outside": lambda order: str(getattr(order, "outside", "")),
}
