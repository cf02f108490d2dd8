"""Asking for a quotation: for one article (`?article=`), or for what lies in the basket."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.partner.models import StockRecord
from shop.trade.asking import ask
from shop.trade.buyers import TradeBuyer
from shop.trade.pages.forms import AskForm
from shop.trade.pages.frame import buyer_of, to_sign_in, trade_page
from shop.trade.refusals import TradeRefused

MOST_ROWS = 40


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """Show the form, or send it to the sellers."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    buyer = buyer_of(request.user)
    if buyer is None or buyer.state != TradeBuyer.State.APPROVED:
        messages.info(request, _("Trade prices open once the hall has approved you."))
        return HttpResponseRedirect(reverse("trade:home"))
    wanted = _wanted(request)
    form = AskForm(request.POST or None, wanted=wanted)
    if request.method == "POST" and form.is_valid() and (answer := _ask(request, buyer, form)):
        return answer
    status = 400 if form.errors else 200
    context = {"form": form, "wanted": wanted}
    return trade_page(request, "shop/trade/ask.html", context, title=_("Ask for a price"), status=status)


def _wanted(request: HttpRequest) -> list[tuple[StockRecord, int]]:
    """Return what the form asks about: one article with its variants, or the basket."""
    article = request.GET.get("article", "")
    along = StockRecord.objects.select_related(
        "product__parent__brand_product__region", "product__brand_product__region", "partner"
    ).prefetch_related("tiers")
    if article.isdigit():
        sold = along.filter(product__is_public=True)
        found = sold.filter(product=int(article)) | sold.filter(product__parent=int(article))
        return [(one, 0) for one in found.order_by("pk")[:MOST_ROWS]]
    basket: Any = request.basket  # type: ignore[attr-defined]
    lines = {line.stockrecord_id: line.quantity for line in basket.all_lines()}
    return [(one, lines[one.pk]) for one in along.filter(pk__in=lines).order_by("pk")[:MOST_ROWS]]


def _ask(request: HttpRequest, buyer: TradeBuyer, form: AskForm) -> HttpResponse | None:
    try:
        made = ask(
            buyer=buyer, wishes=form.wishes(), note=form.cleaned_data["note"], at=timezone.now(),
            by=buyer.user,
        )  # fmt: skip
    except TradeRefused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("Sent. You are told when there is an answer."))
    if len(made) == 1:
        return HttpResponseRedirect(reverse("trade:quotation", args=[made[0].number]))
    return HttpResponseRedirect(reverse("trade:home"))
