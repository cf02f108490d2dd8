"""The books of payments by day, with what does not agree; and what gateways told, as it came."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import register_permission_policy

from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from brand.models import Region
from shop.back_office.payments import way_of
from shop.payments.gateways import gateways
from shop.payments.models import Notification, PayingTerms, Payment, Repayment
from shop.payments.reconciling import Difference, days, differences

register_permission_policy(Notification, LookedAtPolicy(Notification))
_USUAL = timedelta(days=30)


class PeriodForm(forms.Form):
    """From when to when, and which county."""

    first = forms.DateField(label=pgettext_lazy("period", "from"), required=False, widget=AdminDateInput)
    last = forms.DateField(label=pgettext_lazy("period", "to"), required=False, widget=AdminDateInput)
    region = forms.ModelChoiceField(
        Region.objects.order_by("name"), label=gettext_lazy("county"), required=False
    )


def books(request: HttpRequest) -> HttpResponse:
    """Show what came in and went back by day, and what a person must look at."""
    if not request.user.has_perm("fengtu_shop.view_payment"):
        raise PermissionDenied
    today = timezone.localdate()
    form = PeriodForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    last: date = asked.get("last") or today
    first: date = asked.get("first") or last - _USUAL
    region = asked.get("region")
    rows = days(first=first, last=last, region=region)
    labels = {code: each.label for code, each in gateways().items()}
    context = {
        "form": form,
        "first": first,
        "last": last,
        "rows": [(row, labels.get(row.gateway, row.gateway)) for row in rows],
        "paid": sum((row.paid_sum for row in rows), Decimal("0.00")),
        "back": sum((row.back_sum for row in rows), Decimal("0.00")),
        "differences": [_shown(each) for each in differences(at=timezone.now(), region=region)],
        "breadcrumbs_items": [{"url": "", "label": gettext_lazy("Books of payments")}],
        "header_title": gettext_lazy("Books of payments"),
        "page_title": gettext_lazy("Books of payments"),
        "header_icon": "history",
    }
    return render(request, "shop/admin/books.html", context)


def _shown(found: Difference) -> dict[str, Any]:
    return {"why": found.why, "things": [_thing(each) for each in found.things]}


def _thing(thing: Any) -> dict[str, Any]:
    """Return a line of the list: the order, the sum, where to look."""
    if isinstance(thing, Notification):
        url = reverse("shop-notifications:inspect", args=[thing.pk])
        payment = thing.payment or thing.repayment.payment  # type: ignore[union-attr]
        return {"order": payment.due.order, "amount": payment.amount, "url": url, "note": thing.why}
    if isinstance(thing, Repayment):
        url = reverse("shop-repayments:desk", args=[thing.pk])
        note = thing.note or thing.refund.why
        return {"order": thing.payment.due.order, "amount": thing.amount, "url": url, "note": note}
    if isinstance(thing, Payment):
        url = reverse("shop-payments:desk", args=[thing.pk])
        return {"order": thing.due.order, "amount": thing.amount, "url": url, "note": way_of(thing)}
    url = reverse("shop-repayments:order", args=[thing.order_id])
    return {"order": thing.order, "amount": thing.amount, "url": url, "note": thing.get_kind_display()}


class _OfPayments(MenuItem):
    """Shown to who looks at payments."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the user's roles."""
        return bool(request.user.has_perm("fengtu_shop.view_payment"))


class BooksViewSet(ViewSet):
    """The page of the books."""

    name = "shop-books"
    icon = "history"
    menu_label = gettext_lazy("Books of payments")
    menu_item_class = _OfPayments

    def get_urlpatterns(self) -> list[Any]:
        """Serve one page."""
        return [path("", books, name="index")]


class ListNotifications(ListView):
    """Lists what gateways told, the newest first."""

    along = ("payment__due__order", "repayment__payment__due__order")


def _way(told: Notification) -> str:
    known = gateways().get(told.gateway)
    return str(known.label) if known else told.gateway


class NotificationViewSet(ModelViewSet):
    """What gateways told."""

    model = Notification
    name = "shop-notifications"
    icon = "mail"
    menu_label = gettext_lazy("Told by gateways")
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = ListNotifications
    exclude_form_fields: ClassVar[list[str]] = []
    inspect_view_fields: ClassVar[list[str]] = [
        "gateway", "received_at", "outcome", "why", "payment", "repayment", "headers", "body",
    ]  # fmt: skip
    list_display: ClassVar[list[Any]] = [
        DateColumn("received_at", label=gettext_lazy("received at"), sort_key="received_at"),
        Column("gateway", label=gettext_lazy("way of paying"), accessor=_way),
        Column("outcome", label=gettext_lazy("what became of it"), accessor="get_outcome_display"),
        "payment",
        "why",
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "outcome": ["exact"],
        "gateway": ["exact"],
        "received_at": ["gte", "lte"],
    }
    search_fields: ClassVar[list[str]] = ["payment__number", "payment__due__order__number", "why"]
    search_backend_name = None
    ordering: ClassVar[list[str]] = ["-received_at", "-pk"]


class PayingTermsViewSet(ModelViewSet):
    """Bank accounts of the counties, and cash on delivery."""

    model = PayingTerms
    name = "shop-paying-terms"
    icon = "home"
    menu_label = gettext_lazy("Terms of paying")
    add_view_class, edit_view_class = Creates, Changes
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = [
        "region", "holder", "bank", "account", "transfer_days", "on_delivery", "on_delivery_most",
    ]  # fmt: skip
    list_display: ClassVar[list[Any]] = ["region", "holder", "bank", "account", "on_delivery"]
