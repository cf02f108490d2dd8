"""Money on its way back: what a gateway refused, and what an officer transfers."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Case, QuerySet, Value, When
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
from shop.back_office.order_refunds import OrderMoneyDesk
from shop.back_office.payments import NothingForm, way_of
from shop.payments.by_hand import NotByHand, confirm_given_back
from shop.payments.gateways import gateway
from shop.payments.models import Repayment
from shop.payments.repaying import send, try_again

register_permission_policy(Repayment, LookedAtPolicy(Repayment))
State = Repayment.State


class GivenBackForm(forms.Form):
    """How it went back."""

    reference = forms.CharField(
        label=gettext_lazy("number of the entry"),
        max_length=64,
        help_text=gettext_lazy("Of the bank's entry, or of the receipt for the cash."),
    )


class RepaymentDesk(ActDesk):
    """Shows money on its way back; records it by hand, or tries again."""

    template = "shop/admin/repayment.html"
    may_look, may_act = "fengtu_shop.view_repayment", "fengtu_shop.change_repayment"
    refusals = (NotByHand,)
    acts: ClassVar[dict[str, Act]] = {
        "given_back": Act(
            GivenBackForm,
            gettext_lazy("The money went back"),
            gettext_lazy("After the transfer: the buyer reads that it is done."),
            gettext_lazy("The money went back"),
        ),
        "again": Act(
            NothingForm,
            gettext_lazy("Try again"),
            gettext_lazy("Under the same number: the gateway pays it once."),
            gettext_lazy("Try again"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read it."""
        related = ("payment__due__order__region", "refund", "by")
        self.repayment = get_object_or_404(Repayment.objects.select_related(*related), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-repayments:desk", args=[self.repayment.pk])

    def possible(self) -> list[str]:
        """Return what can be done: nothing while the gateway is at it."""
        if self.repayment.state == State.DONE:
            return []
        if gateway(self.repayment.payment.gateway).by_hand:
            return ["given_back"]
        return ["again", "given_back"] if self.repayment.state == State.FAILED else []

    def first(self) -> str:
        """Return what is likely next."""
        return "given_back"

    def given_back(self, form: forms.Form) -> str:
        """Record it."""
        reference = form.cleaned_data["reference"]
        confirm_given_back(repayment=self.repayment, reference=reference, at=self.now, by=self.by)
        return _("Recorded: the money went back.")

    def again(self, form: forms.Form) -> str:
        """Try again, at once."""
        try_again(repayment=self.repayment)
        self.find(self.repayment.pk)
        send(repayment=self.repayment, at=self.now)
        self.find(self.repayment.pk)
        return _("Asked again: %(state)s.") % {"state": self.repayment.get_state_display()}

    def context(self) -> dict[str, Any]:
        """Return everything about it."""
        payment = self.repayment.payment
        return {
            "repayment": self.repayment,
            "payment": payment,
            "order": payment.due.order,
            "way": way_of(payment),
            "lines": self.repayment.refund.lines.select_related("line"),
            "breadcrumbs_items": [
                {"url": reverse("shop-repayments:index"), "label": gettext_lazy("Money back")},
                {"url": "", "label": self.repayment.number},
            ],
            "header_title": gettext_lazy("Money back"),
            "page_title": gettext_lazy("Money back"),
            "page_subtitle": self.repayment.number,
            "header_icon": "arrow-left",
        }


class ListRepayments(ListView):
    """What waits for the office first, then the rest, the newest first."""

    along = ("payment__due__order__region", "refund")

    def order_queryset(self, queryset: QuerySet[Repayment]) -> QuerySet[Repayment]:
        """Begin with what waits, unless a column was chosen."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        waits = Case(
            When(state=State.FAILED, then=Value(0)),
            When(state=State.WAITING, then=Value(1)),
            When(state=State.SENT, then=Value(2)),
            default=Value(3),
        )
        return queryset.order_by(waits, "-pk")

    def get_edit_url(self, instance: Repayment) -> str:
        """Lead to its page."""
        return reverse("shop-repayments:desk", args=[instance.pk])


ListRepayments.worded = {
    "payment.gateway": lambda each: way_of(each.payment),
    "refund.reason": lambda each: each.refund.why,
}


class RepaymentViewSet(ModelViewSet):
    """What goes back."""

    model = Repayment
    name = "shop-repayments"
    icon = "arrow-left"
    menu_label = gettext_lazy("Money back")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListRepayments
    exclude_form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "number",
        Column("order", label=pgettext_lazy("purchase", "order"), accessor="payment.due.order.number"),
        Column("way", label=gettext_lazy("way of paying"), accessor=lambda each: way_of(each.payment)),
        Column("amount", label=pgettext_lazy("money", "amount")),
        Column("reason", label=gettext_lazy("reason"), accessor="refund.why"),
        Column("state", label=gettext_lazy("state"), accessor="get_state_display"),
        DateColumn("asked", label=gettext_lazy("decided at"), accessor="refund.asked_at"),
    ]
    list_export: ClassVar[list[str]] = [
        "number", "payment.due.order.number", "payment.gateway", "payment.number", "trade_no", "amount",
        "state", "note", "refund.reason", "refund.asked_at", "done_at",
    ]  # fmt: skip
    export_filename = "refunds"
    list_filter: ClassVar[dict[str, list[str]]] = {
        "state": ["exact"],
        "payment__gateway": ["exact"],
        "payment__due__order__region": ["exact"],
        "refund__asked_at": ["gte", "lte"],
    }
    search_fields: ClassVar[list[str]] = [
        "number", "trade_no", "payment__number", "payment__due__order__number",
    ]  # fmt: skip
    search_backend_name = None
    ordering: ClassVar[list[str]] = ["-pk"]

    def get_urlpatterns(self) -> list[Any]:
        """Add its page, and the money of an order."""
        return [
            *super().get_urlpatterns(),
            path("orders/<int:pk>/", OrderMoneyDesk.as_view(), name="order"),
            path("orders/<int:pk>/<slug:act>/", OrderMoneyDesk.as_view(), name="order-act"),
            path("<int:pk>/", RepaymentDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", RepaymentDesk.as_view(), name="act"),
        ]
