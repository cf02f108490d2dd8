"""The checkout: one page, then the payment. It works by forms alone; scripts only save page loads."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from changes import shells
from lib.prepared import TEXT, Prepared
from shop.address.keeping import keep_address
from shop.catalogue.models import Product
from shop.checkout import page
from shop.checkout.buying import basket_of, wanted
from shop.checkout.forms import CheckoutForm
from shop.order.models import Order
from shop.ordering.placing import NotPlaced, place_order
from shop.ordering.tasks import confirm_order
from shop.ordering.telling import BY_HAND
from shop.ordering.wanted import Paying
from shop.payments.choosing import NothingOwed, choose_way
from shop.payments.gateways import UnknownWay
from shop.payments.visitors import visitor_of
from shop.presale.booking import NotBookable
from shop.promotions.using import CouponRefused
from shop.stock.reserving import SoldOut

PART = "X-Part"  # a script asks for a part of the page by this header
_by_key: Prepared[Order] = Prepared(lambda key: Order.objects.filter(checkout_key=key), place=TEXT)


@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the checkout; a POST places the order, or fills in and counts again."""
    values = page.filled_in(request)
    return _checkout(request, values, basket_of(request, values["buy"]))


def _checkout(request: HttpRequest, values: dict[str, str], basket: Any) -> HttpResponse:
    now, did = timezone.now(), request.POST.get("do", "")
    if did == "read" and not page.read_paste(values):
        messages.info(request, _("No address was found in that text. Fill it in below."))
    if did.startswith("address-"):
        page.take_address(values, request.user, did.removeprefix("address-"))
    if request.method == "POST" and (earlier := _placed(values["key"])):
        return _go_on(request, earlier, values["way"], now)
    asked = page.quoted(request, basket, values, at=now)
    if not asked.lines and not asked.left_out:
        messages.info(request, _("There is nothing in the basket to order."))
        return redirect("basket:summary")
    if values["buy"] and asked.left_out and request.method != "POST":
        messages.error(request, asked.left_out[0].why)
        return redirect(asked.left_out[0].line.product)
    points = page.points_of(request.region or None)  # type: ignore[attr-defined]
    booked = page.booked_in(asked, at=now)
    if request.method == "POST" and not did:
        form = CheckoutForm(request.POST, points=points)
        if form.is_valid():
            order = _place(request, form, basket=basket, asked=asked, booked=booked, now=now)
            if order is not None:
                return _lead_on(order, values["way"])
            # stock and prices may have changed: look anew
            basket.reset_offer_applications()
            basket = basket_of(request, values["buy"])
            asked = page.quoted(request, basket, values, at=now)
        errors = {name: found[0] for name, found in form.errors.items()}
    else:
        errors = {}
    if request.headers.get(PART) == "amounts":
        return HttpResponse(render_to_string("shop/checkout/amounts.html", page.amounts_of(asked, booked)))
    context = page.context_of(request, values, asked, points=points, booked=booked) | {"errors": errors}
    return _answer(request, context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def buy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the checkout of one article, beside what lies in the basket. Nothing is written.

    A form that comes by POST, from a page older than this, is led to the same by GET.
    """
    sent = request.POST if request.method == "POST" else request.GET
    article, quantity = sent.get("child_id") or str(pk), sent.get("quantity", "")
    bought = wanted(article, quantity)
    if bought and request.method == "POST":
        asked = urlencode({"child_id": article, "quantity": quantity})
        return redirect(f"{reverse('checkout:buy', args=[pk])}?{asked}")
    if bought and (basket := basket_of(request, bought)).all_lines():
        return _checkout(request, page.filled_in(request) | {"buy": bought}, basket)
    if "quantity" in sent:
        messages.error(request, _("Not on sale now.") if bought else _("Say how many: a number from 1."))
    return redirect(get_object_or_404(Product, pk=pk))


def _placed(key: str) -> Order | None:
    """Return the order this very form placed before, if it did."""
    return next(iter(_by_key(key)), None) if key else None


def _place(
    request: HttpRequest, form: CheckoutForm, *, basket: Any, asked: Any, booked: page.Booked, now: datetime
) -> Order | None:
    """Place the order; None and a sentence where it cannot be placed."""
    cleaned = form.cleaned_data
    if booked.refused:
        messages.error(request, booked.refused)
        return None
    try:
        order = place_order(
            quote=asked,
            buyer=form.buyer(request.user),
            destination=form.destination(),
            region=request.region or None,  # type: ignore[attr-defined]
            at=now,
            basket=basket if basket.pk else None,
            key=cleaned["key"],
            shown_total=cleaned["shown_total"],
            invoice=form.wanted_invoice(),
            note=cleaned["note"],
            share=booked.share(asked, cleaned["accepted"] if cleaned["accept"] else None),
            paying=Paying(cleaned["way"], visitor_of(request)),
        )
    except (NotPlaced, SoldOut, NotBookable, CouponRefused) as refused:
        messages.error(request, str(refused))
        return None
    if cleaned["keep_address"] and request.user.is_authenticated and order.shipping_address:
        keep_address(user=request.user, address=form.destination().address)
    return order


def _go_on(request: HttpRequest, order: Order, way: str, now: datetime) -> HttpResponse:
    """Go on with an order this form placed before, in the way that is chosen now."""
    with suppress(NothingOwed, UnknownWay):  # then the page of paying says what there is to do
        choose_way(order=order, way=way, at=now, visitor=visitor_of(request, order.token))
    return _lead_on(order, way)


def _lead_on(order: Order, way: str) -> HttpResponse:
    """Lead to the page of paying."""
    if order.user_id or order.guest_email or way in BY_HAND:  # else there is nobody to confirm it to yet
        confirm_order.enqueue(order.pk)
    return redirect("payments:pay", order.token)


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Return the page, or the part of it a script asked for."""
    if request.headers.get(PART) == "fields":
        wanted = ("phone", "name", "receiver_phone", "province", "city", "district", "street")
        return JsonResponse({name: context["values"][name] for name in wanted})
    return shells.render(request, "shop/checkout/checkout.html", context, key=page.shell_of(request, context))
