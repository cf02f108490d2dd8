"""The money of one order: give some back, or take unsent pieces out of it."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.act_desk import Act, ActDesk
from shop.order.models import Line, Order
from shop.ordering.withdrawing import NotWithdrawable, unsent, withdraw_lines
from shop.payments.refunding import NotRefundable, freight_left, refund, refundable
from shop.payments.shares import NOTHING


class LinesForm(forms.Form):
    """Pieces of each line, and why. `most` says how many of each."""

    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=200,
        help_text=gettext_lazy("The buyer reads it."),
    )

    def __init__(self, *args: Any, most: dict[Line, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._most = most
        pieces = {
            f"line_{line.pk}": forms.IntegerField(
                label=line.title, min_value=0, max_value=left, required=False, initial=0,
                help_text=_("at most %(left)d") % {"left": left},
            )
            for line, left in most.items() if left
        }  # fmt: skip
        self.fields = {**pieces, **self.fields}

    def lines(self) -> dict[Line, int]:
        """Return the pieces by line, those with none left out."""
        given = {line: self.cleaned_data.get(f"line_{line.pk}") or 0 for line in self._most}
        return {line: units for line, units in given.items() if units}


class RefundForm(LinesForm):
    """Pieces, freight, and another sum if it is not their price."""

    amount = forms.DecimalField(
        label=gettext_lazy("another sum for these goods, in yuan"),
        required=False, min_value=Decimal("0.01"), max_digits=12, decimal_places=2,
        help_text=gettext_lazy("Empty: what the pieces were paid with, promotions taken off."),
    )  # fmt: skip
    freight = forms.DecimalField(
        label=gettext_lazy("of the freight give back, in yuan"),
        required=False, min_value=Decimal(0), max_digits=12, decimal_places=2,
    )  # fmt: skip


class OrderMoneyDesk(ActDesk):
    """What was paid for an order and what is left of it."""

    template = "shop/admin/order_refunds.html"
    may_look, may_act = "fengtu_shop.view_refund", "fengtu_shop.add_refund"
    refusals = (NotRefundable, NotWithdrawable)
    acts: ClassVar[dict[str, Act]] = {
        "withdraw": Act(
            LinesForm,
            gettext_lazy("Take unsent pieces out"),
            gettext_lazy("Their money goes back, their stock is free again, the rest is sent."),
            gettext_lazy("Take them out"),
        ),
        "refund": Act(
            RefundForm,
            gettext_lazy("Give money back"),
            gettext_lazy("No goods move with this: what comes back is taken in by its seller."),
            gettext_lazy("Give it back"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the order."""
        self.order = get_object_or_404(Order.objects.select_related("region"), pk=pk)
        self.left = refundable(self.order)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-repayments:order", args=[self.order.pk])

    def possible(self) -> list[str]:
        """Return what can be done: nothing before money came in."""
        if self.order.paid_at is None or self.order.state == Order.State.CANCELLED:
            return []
        waits = self.order.state in {Order.State.TO_SEND, Order.State.PARTLY_SENT}
        return ["withdraw", "refund"] if waits and self.order.kind != Order.Kind.PRESALE else ["refund"]

    def form_options(self, act: str) -> dict[str, Any]:
        """Say how many pieces there are."""
        if act == "withdraw":
            return {"most": {line: unsent(line) for line in self.left}}
        return {"most": {line: line.quantity - line.refunded_quantity for line in self.left}}

    def withdraw(self, form: Any) -> str:
        """Take pieces out."""
        withdraw_lines(
            order=self.order, lines=form.lines(), reason=form.cleaned_data["reason"], at=self.now, by=self.by
        )
        return _("Taken out. The money is on its way back.")

    def refund(self, form: Any) -> str:
        """Give money back."""
        facts = form.cleaned_data
        made = refund(
            order=self.order, lines=form.lines(), amount=facts["amount"], freight=facts["freight"] or NOTHING,
            reason=facts["reason"], at=self.now, by=self.by,
        )  # fmt: skip
        return _("¥%(amount)s is on its way back.") % {"amount": made.amount}

    def context(self) -> dict[str, Any]:
        """Return what was paid and what went back."""
        return {
            "order": self.order,
            "left": self.left,
            "freight_left": freight_left(self.order),
            "dues": self.order.dues.prefetch_related("payments"),
            "refunds": self.order.refunds.prefetch_related("lines__line", "repayments"),
            "breadcrumbs_items": [
                {"url": reverse("shop-repayments:index"), "label": gettext_lazy("Money back")},
                {"url": "", "label": self.order.number},
            ],
            "header_title": gettext_lazy("Money of the order"),
            "page_title": gettext_lazy("Money of the order"),
            "page_subtitle": self.order.number,
            "header_icon": "arrow-left",
        }
