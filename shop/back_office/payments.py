"""Payments in the back office: what came in, and the money that an officer saw."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from shop.payments.asking import ask
from shop.payments.by_hand import NotByHand, confirm_money
from shop.payments.gateways import GatewayDown, GatewayRefused, gateway, gateways
from shop.payments.models import Payment
from shop.payments.settling import AnotherTrade, Outcome, WrongAmount

register_permission_policy(Payment, LookedAtPolicy(Payment))


def way_of(payment: Payment) -> str:
    """Return the way of paying in words."""
    known = gateways().get(payment.gateway)
    return str(known.label) if known else payment.gateway


class MoneyForm(forms.Form):
    """What came in, by the bank's papers."""

    amount = forms.DecimalField(
        label=gettext_lazy("sum that came in, in yuan"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
    )
    reference = forms.CharField(
        label=gettext_lazy("number of the entry"),
        max_length=64,
        help_text=gettext_lazy("Of the bank's entry, or of the receipt for the cash. It stands once."),
    )


class NothingForm(forms.Form):
    """Asks for nothing."""


class PaymentDesk(ActDesk):
    """Shows a payment; confirms money by hand, or asks the gateway."""

    template = "shop/admin/payment.html"
    may_look, may_act = "fengtu_shop.view_payment", "fengtu_shop.change_payment"
    refusals = (NotByHand, WrongAmount, AnotherTrade, GatewayDown, GatewayRefused)
    acts: ClassVar[dict[str, Act]] = {
        "confirm": Act(
            MoneyForm,
            gettext_lazy("The money is there"),
            gettext_lazy("Look at the account first: the order goes to be sent with this."),
            gettext_lazy("The money is there"),
        ),
        "ask": Act(
            NothingForm,
            gettext_lazy("Ask the gateway"),
            gettext_lazy("It is asked by itself as well, more rarely the older the payment is."),
            gettext_lazy("Ask now"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read the payment."""
        self.payment = get_object_or_404(Payment.objects.select_related("due__order__region", "by"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-payments:desk", args=[self.payment.pk])

    def possible(self) -> list[str]:
        """Return confirming for what comes by hand, asking for what comes through a gateway."""
        if self.payment.state == Payment.State.PAID:
            return []
        if gateway(self.payment.gateway).by_hand:
            return ["confirm"]
        return ["ask"] if self.payment.given else []

    def first(self) -> str:
        """Return what is likely next."""
        return "confirm"

    def confirm(self, form: forms.Form) -> str:
        """Confirm the money."""
        facts = form.cleaned_data
        if facts["amount"] != self.payment.amount:
            raise WrongAmount(
                _("¥%(came)s came in, ¥%(asked)s was asked for. Settle it with the buyer first.")
                % {"came": facts["amount"], "asked": self.payment.amount}
            )
        outcome = confirm_money(
            payment=self.payment, reference=facts["reference"], amount=facts["amount"], at=self.now,
            by=self.by,
        )  # fmt: skip
        if outcome == Outcome.SURPLUS:
            return _("Recorded. Nothing was owed any more: the sum is now to be transferred back.")
        return _("Recorded. The order goes on.")

    def ask(self, form: forms.Form) -> str:
        """Ask the gateway."""
        outcome = ask(payment=self.payment, at=self.now)
        return _("Paid, the order goes on.") if outcome else _("The gateway has no money for it yet.")

    def context(self) -> dict[str, Any]:
        """Return everything about the payment."""
        return {
            "payment": self.payment,
            "order": self.payment.due.order,
            "way": way_of(self.payment),
            "repayments": self.payment.repayments.select_related("refund"),
            "told": self.payment.notifications.all()[:20],
            "breadcrumbs_items": [
                {"url": reverse("shop-payments:index"), "label": gettext_lazy("Payments")},
                {"url": "", "label": self.payment.number},
            ],
            "header_title": gettext_lazy("Payment"),
            "page_title": gettext_lazy("Payment"),
            "page_subtitle": self.payment.number,
            "header_icon": "resubmit",
        }


class ListPayments(ListView):
    """Lists payments, the newest first."""

    along = ("due__order__region",)

    def get_edit_url(self, instance: Payment) -> str:
        """Lead to the page of the payment."""
        return reverse("shop-payments:desk", args=[instance.pk])


ListPayments.worded = {"gateway": way_of}


class PaymentViewSet(ModelViewSet):
    """What came in."""

    model = Payment
    name = "shop-payments"
    icon = "resubmit"
    menu_label = gettext_lazy("Payments")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListPayments
    exclude_form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "number",
        Column("order", label=pgettext_lazy("purchase", "order"), accessor="due.order.number"),
        Column("way", label=gettext_lazy("way of paying"), accessor=way_of),
        Column("amount", label=pgettext_lazy("money", "amount")),
        Column("state", label=gettext_lazy("state"), accessor="get_state_display"),
        Column("refunded", label=gettext_lazy("given back")),
        DateColumn("opened_at", label=pgettext_lazy("payment", "begun at"), sort_key="opened_at"),
    ]
    list_export: ClassVar[list[str]] = [
        "number", "due.order.number", "gateway", "trade_no", "amount", "state", "surplus", "refunded",
        "opened_at", "paid_at", "closed_at",
    ]  # fmt: skip
    export_filename = "payments"
    list_filter: ClassVar[dict[str, list[str]]] = {
        "state": ["exact"],
        "gateway": ["exact"],
        "surplus": ["exact"],
        "due__order__region": ["exact"],
        "paid_at": ["gte", "lte"],
    }
    search_fields: ClassVar[list[str]] = ["number", "trade_no", "due__order__number", "due__order__phone"]
    search_backend_name = None
    ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a payment."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", PaymentDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", PaymentDesk.as_view(), name="act"),
        ]
