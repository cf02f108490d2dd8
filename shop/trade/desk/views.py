"""The quotations a seller is asked for."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shop.desk.acting import DeskForm, acted, refusals_of, status_of
from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.trade.answering import LAST, decline, offer
from shop.trade.asking import total_of
from shop.trade.desk.forms import DeclineForm, OfferForm
from shop.trade.models import Quotation
from shop.trade.refusals import TradeRefused


@require_safe
@seller_page
def quotations(request: SellerRequest) -> HttpResponse:
    """List them, the newest first."""
    found = request.scope.narrow(Quotation.objects.select_related("buyer", "partner"))
    context = {"page": Paginator(found, 24).get_page(request.GET.get("page"))}
    return desk_page(request, "shop/trade/desk_list.html", context, title=_("Quotations"))


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page
def quotation(request: SellerRequest, number: str) -> HttpResponse:
    """Show one; offer or decline."""
    rows = Quotation.objects.select_related("buyer", "partner__member__region", "order")
    found = get_object_or_404(request.scope.narrow(rows), number=number)
    answer, forms = acted(request, _offered(request, found), refusals=(TradeRefused,))
    if answer is not None:
        return answer
    context = {
        "quotation": found,
        "lines": found.lines.select_related("stockrecord__product__parent"),
        "total": total_of(found),
        "forms": forms,
        "open": refusals_of(forms),
    }
    above = ((_("Quotations"), reverse("shop-desk:quotations")),)
    title = _("Quotation %(number)s") % {"number": found.number}
    return desk_page(
        request, "shop/trade/desk_quotation.html", context, title=title, status=status_of(forms), above=above
    )


def _offered(request: SellerRequest, found: Quotation) -> dict[str, DeskForm]:
    if found.state not in LAST:
        return {}
    facts: dict[str, Any] = {"quotation": found, "by": request.user, "at": timezone.now()}

    def make_offer(form: Any) -> str:
        typed = {name: form.cleaned_data[name] for name in ("freight", "valid_until", "note")}
        offer(prices=form.prices(), **typed, **facts)
        return _("Offered. The buyer is told.")

    def say_no(form: Any) -> str:
        decline(reason=form.cleaned_data["reason"], **facts)
        return _("Declined. The buyer reads your reason.")

    return {
        "offer": DeskForm(partial(OfferForm, quotation=found), make_offer),
        "decline": DeskForm(DeclineForm, say_no),
    }
