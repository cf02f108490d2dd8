"""Trade for buyers: the entrance, applying, one quotation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from brand.regions.lookup import region_for_host
from shop.stock.reserving import SoldOut
from shop.trade.accepting import accept, withdraw
from shop.trade.applying import Applicant, apply
from shop.trade.asking import total_of
from shop.trade.buyers import TradeBuyer
from shop.trade.models import Quotation
from shop.trade.pages.forms import ApplyForm
from shop.trade.pages.frame import buyer_of, to_sign_in, trade_page
from shop.trade.refusals import TradeRefused
from shop.trade.tiers import priced


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what trade buying is; to an approved buyer its prices and quotations."""
    buyer = buyer_of(request.user)
    context: dict[str, Any] = {"buyer": buyer}
    if buyer is not None and buyer.state == TradeBuyer.State.APPROVED:
        context["priced"] = priced(on=timezone.localdate())[:60]
    if buyer is not None:
        context["quotations"] = buyer.quotations.select_related("partner")[:20]
    return trade_page(request, "shop/trade/home.html", context, title=_("Buying for trade"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply_page(request: HttpRequest) -> HttpResponse:
    """Take an application."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    buyer = buyer_of(request.user)
    if buyer is not None and buyer.state != TradeBuyer.State.REFUSED:
        return HttpResponseRedirect(reverse("trade:home"))
    form = ApplyForm(request.POST or None)
    region = region_for_host(request.get_host())
    if request.method == "POST" and form.is_valid() and region is not None:
        try:
            apply(
                user=request.user, region=region, applicant=Applicant(**form.cleaned_data), at=timezone.now()
            )
        except TradeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sent. The hall looks at it within two working days."))
            return HttpResponseRedirect(reverse("trade:home"))
    status = 400 if form.errors else 200
    return trade_page(
        request, "shop/trade/apply.html", {"form": form}, title=_("Ask for trade prices"), status=status
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quotation(request: HttpRequest, number: str) -> HttpResponse:
    """Show a quotation to its buyer; order by it or let it go."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    rows = Quotation.objects.select_related("buyer", "partner", "order", "region")
    found = get_object_or_404(rows, number=number, buyer__user=request.user)
    if request.method == "POST" and (answer := _decide(request, found)):
        return answer
    found.refresh_from_db()
    context = {
        "quotation": found,
        "lines": found.lines.select_related("stockrecord__product__parent"),
        "total": total_of(found),
        "is_over": found.valid_until is not None and found.valid_until < timezone.localdate(),
        "region": found.region,
    }
    title = _("Quotation %(number)s") % {"number": found.number}
    return trade_page(request, "shop/trade/quotation.html", context, title=title)


def _decide(request: HttpRequest, found: Quotation) -> HttpResponse | None:
    """Do what was pressed; None with a message where it is refused."""
    now = timezone.now()
    try:
        if request.POST.get("act") == "accept":
            order = accept(quotation=found, by=request.user, at=now)  # type: ignore[arg-type]
            messages.success(request, _("Ordered. The goods are kept for you for seven days."))
            return HttpResponseRedirect(f"/shop/pay/{order.token}/")
        if request.POST.get("act") == "withdraw":
            withdraw(quotation=found, by=request.user, at=now)  # type: ignore[arg-type]
            messages.success(request, _("Withdrawn."))
            return HttpResponseRedirect(request.path)
    except (TradeRefused, SoldOut) as refused:
        messages.error(request, str(refused))
    return None
