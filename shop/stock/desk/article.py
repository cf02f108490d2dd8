"""One article: its lots, its ledger, and what can be done with them."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shop.desk.acting import DeskForm, acted, refusals_of, status_of
from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.partner.models import StockRecord
from shop.settlement.agreeing import price_supply
from shop.settlement.desk.forms import SupplyPriceForm
from shop.settlement.refusals import SettlementRefused
from shop.stock.desk.forms import LevelForm, LossForm, MoveForm, ReceiveForm
from shop.stock.desk.reading import lots_of, moves_of, shelf
from shop.stock.losing import write_off
from shop.stock.moving import move
from shop.stock.receiving import receive
from shop.stock.refusals import StockRefused
from shop.trade.desk.forms import TierForm
from shop.trade.refusals import TradeRefused
from shop.trade.tiers import set_tiers

REFUSALS = (StockRefused, SettlementRefused, TradeRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page
def article(request: SellerRequest, pk: int) -> HttpResponse:
    """Show an article, or do what a form asks."""
    stockrecord = _find(request, pk)
    acts = _Acts(request, stockrecord)
    answer, forms = acted(request, acts.offered(), refusals=REFUSALS)
    if answer is not None:
        return answer
    title = stockrecord.called
    context = {
        "shelf": shelf(stockrecord),
        "lots": list(lots_of(stockrecord)),
        "moves": Paginator(moves_of(stockrecord), 20).get_page(request.GET.get("page")),
        "forms": forms,
        "open": refusals_of(forms),
        "today": timezone.localdate(),
        "tiers": stockrecord.tiers.all(),
        "supply_prices": stockrecord.supply_prices.all()[:5],
    }
    above = ((_("Stock"), reverse("shop-desk:stock")),)
    return desk_page(
        request, "shop/stock/article.html", context, title=title, status=status_of(forms), above=above
    )


def _find(request: SellerRequest, pk: int) -> StockRecord:
    left = Coalesce(F("num_in_stock"), Value(0)) - Coalesce(F("num_allocated"), Value(0))
    found = StockRecord.objects.annotate(left=left).select_related(
        "partner__member", "product__parent__brand_product", "product__brand_product"
    )
    stockrecord = found.filter(pk=pk).first()
    if stockrecord is None or not request.scope.sees(stockrecord.partner):
        raise Http404
    return stockrecord


class _Acts:
    """What can be done with one article; each takes a valid form and returns the sentence that says so."""

    def __init__(self, request: SellerRequest, stockrecord: StockRecord) -> None:
        self.stockrecord = stockrecord
        self.by, self.now = request.user, timezone.now()

    def offered(self) -> dict[str, DeskForm]:
        """Return the forms of the page."""
        mine = {"stockrecord": self.stockrecord}
        found = {"receive": DeskForm(partial(ReceiveForm, **mine), self._receive)}
        if self.stockrecord.num_in_stock:
            found["move"] = DeskForm(partial(MoveForm, **mine), self._move)
            found["loss"] = DeskForm(partial(LossForm, **mine), self._loss)
        level = {"level": self.stockrecord.low_stock_threshold}
        found["level"] = DeskForm(partial(LevelForm, initial=level), self._level)
        found["tiers"] = DeskForm(partial(TierForm, **mine), self._tiers)
        found["supply"] = DeskForm(SupplyPriceForm, self._supply)
        return found

    def _receive(self, form: Any) -> str:
        done = receive(stockrecord=self.stockrecord, at=self.now, by=self.by, **form.cleaned_data)
        return _("%(number)s: %(quantity)d came in.") % {"number": done.number, "quantity": done.quantity}

    def _move(self, form: Any) -> str:
        done = move(at=self.now, by=self.by, **form.cleaned_data)[1]
        place = form.cleaned_data["to"]
        return _("%(number)s: now at %(place)s.") % {"number": done.number, "place": place}

    def _loss(self, form: Any) -> str:
        done = write_off(at=self.now, by=self.by, **form.cleaned_data)
        return _("%(number)s: written off.") % {"number": done.number}

    def _level(self, form: Any) -> str:
        StockRecord.objects.filter(pk=self.stockrecord.pk).update(
            low_stock_threshold=form.cleaned_data["level"] or None
        )
        return _("Kept. You are told when it falls below.")

    def _tiers(self, form: Any) -> str:
        set_tiers(stockrecord=self.stockrecord, tiers=form.tiers())
        return _("Kept. Approved trade buyers see these prices.")

    def _supply(self, form: Any) -> str:
        price_supply(stockrecord=self.stockrecord, **form.cleaned_data)
        return _("Kept on the list of supply prices.")
