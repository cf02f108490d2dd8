"""The page of a statement in the back office, and drawing up those of a month for all suppliers at once."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from shop.models import Statement
from shop.settlement.deciding import confirm_statement, pay_out
from shop.settlement.drawing import draw_statement
from shop.settlement.monthly import draw_month
from shop.settlement.refusals import SettlementRefused

State = Statement.State


class ConfirmForm(forms.Form):
    """How the supplier said yes."""

    note = forms.CharField(label=gettext_lazy("how the supplier confirmed it"), max_length=200)


class PayForm(forms.Form):
    """What the bank says."""

    bank_reference = forms.CharField(label=gettext_lazy("reference of the bank"), max_length=60)


class PlainForm(forms.Form):
    """Nothing to type."""


class StatementDesk(ActDesk):
    """Acts upon a statement."""

    template = "shop/admin/statement.html"
    may_look, may_act = "fengtu_shop.view_statement", "fengtu_shop.change_statement"
    refusals = (SettlementRefused,)
    acts = {
        "pay": Act(
            PayForm,
            gettext_lazy("Paid out"),
            gettext_lazy("Transfer the sum first, then write down what the bank says."),
            gettext_lazy("Enter the payment"),
        ),
        "draw_again": Act(
            PlainForm,
            gettext_lazy("Draw it up again"),
            gettext_lazy("With all payments and refunds of its days, and the terms as they are now."),
            gettext_lazy("Draw it up again"),
        ),
        "confirm": Act(
            ConfirmForm,
            gettext_lazy("Confirm for the supplier"),
            gettext_lazy("Where it was signed on paper."),
            gettext_lazy("Enter the confirmation"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read the statement."""
        self.statement = get_object_or_404(Statement.objects.select_related("partner__member"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-statements:desk", args=[self.statement.pk])

    def possible(self) -> list[str]:
        """Return what the state allows."""
        if self.statement.state in Statement.OPEN:
            return ["draw_again", "confirm"]
        payable = self.statement.state == State.CONFIRMED and self.statement.payable >= 0
        return ["pay"] if payable else []

    def first(self) -> str:
        """Return the payment."""
        return "pay"

    def pay(self, form: forms.Form) -> str:
        """Enter the payment."""
        reference = form.cleaned_data["bank_reference"]
        pay_out(statement=self.statement, bank_reference=reference, by=self.by, at=self.now)
        return _("Paid out.")

    def draw_again(self, form: forms.Form) -> str:
        """Draw it up again."""
        one = self.statement
        draw_statement(partner=one.partner, first=one.first, last=one.last, at=self.now, by=self.by)
        return _("Drawn up again. The supplier sees it on the desk.")

    def confirm(self, form: forms.Form) -> str:
        """Enter the confirmation."""
        note = form.cleaned_data["note"]
        confirm_statement(statement=self.statement, by=self.by, at=self.now, note=note)
        return _("Confirmed. It can be paid out now.")

    def context(self) -> dict[str, Any]:
        """Return the statement with its orders and trail."""
        return {
            "statement": self.statement,
            "lines": self.statement.lines.select_related("order")[:200],
            "trail": said(acts_on(self.statement)),
            "breadcrumbs_items": [
                {"url": reverse("shop-statements:index"), "label": gettext_lazy("Settlement statements")},
                {"url": "", "label": self.statement.number},
            ],
            "header_title": gettext_lazy("Settlement statement"),
            "page_title": gettext_lazy("Settlement statement"),
            "page_subtitle": f"{self.statement.number} · {self.statement.partner}",
            "header_icon": "table",
        }


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """Draw up last month for every supplier, after asking."""
    if not request.user.has_perm("fengtu_shop.add_statement"):
        raise PermissionDenied
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    first = date(last.year, last.month, 1)
    if request.method != "POST":
        words = {"page_title": _("Draw up last month"), "header_title": _("Draw up last month")}
        return render(request, "shop/admin/statement_draw.html", {**words, "first": first, "last": last})
    made, refused = draw_month(first=first, last=last, by=cast("User", request.user), at=timezone.now())
    text = ngettext("%(count)d statement drawn up.", "%(count)d statements drawn up.", made)
    messages.success(request, text % {"count": made})
    for reason in refused:
        messages.warning(request, reason)
    return HttpResponseRedirect(reverse("shop-statements:index"))
