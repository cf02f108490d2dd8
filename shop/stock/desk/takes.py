"""Stock-takes: begun, entered on a phone along the shelf, closed with every difference explained."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.stock.counting import close_take, enter_counts, open_take
from shop.stock.desk.forms import TakeForm
from shop.stock.places import StockPlace
from shop.stock.refusals import StockRefused
from shop.stock.shelves import places_for
from shop.stock.takes import StockTake


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page
def takes(request: SellerRequest) -> HttpResponse:
    """List stock-takes, or begin one where the seller's goods lie."""
    found = request.scope.narrow(StockTake.objects.select_related("partner", "place"))
    if request.method == "POST" and (begun := _begin(request)):
        return HttpResponseRedirect(reverse("shop-desk:stock-take", args=[begun.number]))
    places = places_for(request.partner) if request.partner else StockPlace.objects.none()
    above = ((_("Stock"), reverse("shop-desk:stock")),)
    context = {"page": Paginator(found, 20).get_page(request.GET.get("page")), "places": places}
    return desk_page(request, "shop/stock/takes.html", context, title=_("Stock-takes"), above=above)


def _begin(request: SellerRequest) -> StockTake | None:
    """Begin one; None with a message where that is refused."""
    if request.partner is None:
        messages.error(request, _("Choose one seller first."))
        return None
    typed = request.POST.get("place", "")
    place = places_for(request.partner).filter(pk=int(typed) if typed.isdigit() else 0).first()
    if place is None:
        messages.error(request, _("Choose a place."))
        return None
    try:
        return open_take(partner=request.partner, place=place, by=request.user, at=timezone.now())
    except StockRefused as refused:
        messages.error(request, str(refused))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page
def take(request: SellerRequest, number: str) -> HttpResponse:
    """Show a stock-take; keep or close what was typed."""
    found = get_object_or_404(
        request.scope.narrow(StockTake.objects.select_related("partner", "place")), number=number
    )
    form = TakeForm(request.POST if request.method == "POST" else None, take=found)
    if form.is_bound and form.is_valid() and _enter(request, found, form):
        return HttpResponseRedirect(request.path)
    context = {"take": found, "form": form, "rows": form.rows()}
    above = (
        (_("Stock"), reverse("shop-desk:stock")),
        (_("Stock-takes"), reverse("shop-desk:stock-takes")),
    )
    status = 400 if form.errors else 200
    return desk_page(request, "shop/stock/take.html", context, title=found.number, status=status, above=above)


def _enter(request: SellerRequest, found: StockTake, form: Any) -> bool:
    try:
        enter_counts(take=found, entered=form.entered())
        if request.POST.get("act") == "close":
            moved = close_take(take=found, by=request.user, at=timezone.now())
            text = ngettext(
                "Closed: %(count)d lot put right.", "Closed: %(count)d lots put right.", len(moved)
            )
            messages.success(request, text % {"count": len(moved)})
        else:
            messages.success(request, _("Kept. Close the stock-take when everything is counted."))
    except StockRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True
