"""Trade in the back office: buyers looked at and decided, quotations followed."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from shop.models import Quotation, TradeBuyer
from shop.trade.approving import approve, refuse, reinstate, suspend
from shop.trade.refusals import TradeRefused

State = TradeBuyer.State
for _model in (TradeBuyer, Quotation):
    register_permission_policy(_model, LookedAtPolicy(_model))


class PlainForm(forms.Form):
    """Nothing to type."""


class WhyForm(forms.Form):
    """Why; the buyer reads it."""

    reason = forms.CharField(label=gettext_lazy("reason"), max_length=200)


class BuyerDesk(ActDesk):
    """Decides about a trade buyer."""

    template = "shop/admin/trade_buyer.html"
    may_look, may_act = "fengtu_shop.view_tradebuyer", "fengtu_shop.change_tradebuyer"
    refusals = (TradeRefused,)
    acts = {
        "approve": Act(
            PlainForm,
            gettext_lazy("Approve"),
            gettext_lazy("Check the credit code in the public register first."),
            gettext_lazy("Approve"),
        ),
        "refuse": Act(
            WhyForm,
            gettext_lazy("Refuse"),
            gettext_lazy("The buyer reads the reason and may ask again."),
            gettext_lazy("Refuse"),
            serious=True,
        ),
        "suspend": Act(
            WhyForm,
            gettext_lazy("Suspend"),
            gettext_lazy("No trade prices and no new orders; what is ordered stays ordered."),
            gettext_lazy("Suspend"),
            serious=True,
        ),
        "reinstate": Act(PlainForm, gettext_lazy("Let in again"), "", gettext_lazy("Let in again")),
    }

    def find(self, pk: int) -> None:
        """Read the buyer."""
        self.buyer = get_object_or_404(TradeBuyer.objects.select_related("region", "user"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-trade-buyers:desk", args=[self.buyer.pk])

    def possible(self) -> list[str]:
        """Return what the state allows."""
        by_state = {
            State.ASKED: ["approve", "refuse"],
            State.APPROVED: ["suspend"],
            State.SUSPENDED: ["reinstate"],
        }
        return by_state.get(State(self.buyer.state), [])

    def first(self) -> str:
        """Return the approval."""
        return "approve"

    def approve(self, form: forms.Form) -> str:
        """Approve."""
        approve(buyer=self.buyer, by=self.by, at=self.now)
        return _("Approved. The buyer is told.")

    def refuse(self, form: forms.Form) -> str:
        """Refuse."""
        refuse(buyer=self.buyer, reason=form.cleaned_data["reason"], by=self.by, at=self.now)
        return _("Refused. The buyer is told.")

    def suspend(self, form: forms.Form) -> str:
        """Suspend."""
        suspend(buyer=self.buyer, reason=form.cleaned_data["reason"], by=self.by, at=self.now)
        return _("Suspended. The buyer is told.")

    def reinstate(self, form: forms.Form) -> str:
        """Let in again."""
        reinstate(buyer=self.buyer, by=self.by, at=self.now)
        return _("Approved. The buyer is told.")

    def context(self) -> dict[str, Any]:
        """Return the buyer with its trail."""
        return {
            "buyer": self.buyer,
            "quotations": self.buyer.quotations.select_related("partner")[:10],
            "trail": said(acts_on(self.buyer)),
            "breadcrumbs_items": [
                {"url": reverse("shop-trade-buyers:index"), "label": gettext_lazy("Trade buyers")},
                {"url": "", "label": self.buyer.name},
            ],
            "header_title": gettext_lazy("Trade buyer"),
            "page_title": gettext_lazy("Trade buyer"),
            "page_subtitle": self.buyer.name,
            "header_icon": "group",
        }


class ListBuyers(ListView):
    """Lists trade buyers."""

    along = ("region",)


class ListQuotations(ListView):
    """Lists quotations."""

    along = ("buyer", "partner", "order")


def _desk(buyer: TradeBuyer) -> str:
    return reverse("shop-trade-buyers:desk", args=[buyer.pk])


class BuyerViewSet(ModelViewSet):
    """Who buys for trade."""

    model = TradeBuyer
    name = "shop-trade-buyers"
    icon = "group"
    menu_label = gettext_lazy("Trade buyers")
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    search_backend_name = None
    index_view_class = ListBuyers
    list_display = [
        TitleColumn("name", label=gettext_lazy("name"), accessor="name", get_url=_desk),
        Column("kind", label=gettext_lazy("kind"), accessor="get_kind_display"),
        "credit_code", "city", "asked_at",
        Column("state", label=gettext_lazy("state"), accessor="get_state_display"),
    ]  # fmt: skip
    list_export = ["name", "kind", "credit_code", "city", "asked_at", "state"]
    export_filename = "trade-buyers"
    list_filter = ["state", "kind", "region"]
    search_fields = ["name", "credit_code", "contact"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a buyer and its acts."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", BuyerDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", BuyerDesk.as_view(), name="act"),
        ]


def _on_desk(quotation: Quotation) -> str:
    return reverse("shop-desk:quotation", args=[quotation.number])


class QuotationViewSet(ModelViewSet):
    """Quotations of all sellers; they are answered on the seller's desk."""

    model = Quotation
    name = "shop-quotations"
    icon = "mail"
    menu_label = gettext_lazy("Quotations")
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    search_backend_name = None
    index_view_class = ListQuotations
    list_display = [
        TitleColumn("number", label=gettext_lazy("number"), accessor="number", get_url=_on_desk),
        "buyer", "partner", "asked_at", "valid_until",
        Column("state", label=gettext_lazy("state"), accessor="get_state_display"), "order",
    ]  # fmt: skip
    list_export = ["number", "buyer.name", "partner.name", "asked_at", "valid_until", "state"]
    export_filename = "quotations"
    list_filter = ["state", "partner"]
    search_fields = ["number", "buyer__name"]
