"""The page where an order is paid, and the answer to whether it is."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from changes import shells
from lib.prepared import TEXT, Prepared
from shop.order.models import Line, Order
from shop.payments.asking import ask
from shop.payments.beginning import begin
from shop.payments.choosing import NothingOwed, choose_way, due_now, open_payments, purchase_of
from shop.payments.gateways import GatewayDown, GatewayRefused, Step, UnknownWay, gateway, ways_for
from shop.payments.models import Due, Payment
from shop.payments.settling import AnotherTrade, WrongAmount
from shop.payments.visitors import visitor_of

logger = logging.getLogger(__name__)
_by_token: Prepared[Order] = Prepared(
    lambda token: Order.objects.filter(token=token).select_related("region"), place=TEXT
)
_lines_of: Prepared[Line] = Prepared(lambda pk: Line.objects.filter(order=pk).order_by("pk"))
_PAUSE = timedelta(seconds=8)  # between two questions of one payment, however many windows ask


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Show how to pay what is owed now; a POST chooses the way."""
    order, now = _order(token), timezone.now()
    if request.method == "POST":
        return _choose(request, order, now)
    due = due_now(order, at=now)
    payment = _begun(due, now) if due else None
    if payment and "back" in request.GET:
        _look(payment, now)
        order = _order(token)
        due = due_now(order, at=now)
    if due is None or _goes_by_itself(order, payment):
        return redirect("orders:order", token)
    return _page(request, order, due, payment)


@never_cache
@require_safe
def state(request: HttpRequest, token: str) -> JsonResponse:
    """Say whether what was owed is paid, and where to go then; the page asks while somebody pays."""
    order, now = _order(token), timezone.now()
    due = due_now(order, at=now)
    payment = due and _begun(due, now)
    if payment and payment.given:
        _look(payment, now)
        due = due_now(_order(token), at=now)
    return JsonResponse({"paid": due is None})


@never_cache
@require_POST
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the gateway because the buyer says it is paid."""
    order, now = _order(token), timezone.now()
    due = due_now(order, at=now)
    payment = due and _begun(due, now)
    if payment:
        _look(payment, now)
    if due_now(_order(token), at=now) is None:
        return redirect("orders:order", token)
    messages.info(request, _("The money is not here yet. If you have paid, wait a minute and look again."))
    return redirect("payments:pay", token)


def _order(token: str) -> Order:
    for order in _by_token(token):
        return order
    raise Http404


def _choose(request: HttpRequest, order: Order, now: datetime) -> HttpResponse:
    try:
        choose_way(
            order=order, way=request.POST.get("way", ""), at=now, visitor=visitor_of(request, order.token)
        )
    except NothingOwed:
        return redirect("orders:order", order.token)
    except UnknownWay:
        messages.error(request, _("This order cannot be paid this way. Choose another one."))
    return redirect("payments:pay", order.token)


def _begun(due: Due, now: datetime) -> Payment | None:
    """Return the payment that was chosen last and is still open."""
    for payment in open_payments(due.pk):
        if payment.expires_at is None or payment.expires_at > now:
            return payment
    return None


def _goes_by_itself(order: Order, payment: Payment | None) -> bool:
    """Tell whether nothing is to be done on this page: cash on delivery."""
    return bool(payment and payment.gateway == "on_delivery" and order.state != Order.State.UNPAID)


def _look(payment: Payment, now: datetime) -> None:
    """Ask the gateway, unless it was asked a moment ago."""
    if gateway(payment.gateway).by_hand or (payment.asked_at and now - payment.asked_at < _PAUSE):
        return
    try:
        ask(payment=payment, at=now)
    except (GatewayDown, GatewayRefused) as error:
        logger.warning("payment %s: %s", payment.number, error)
    except (WrongAmount, AnotherTrade):
        logger.exception("payment %s: the gateway says something else", payment.number)


def _page(request: HttpRequest, order: Order, due: Due, payment: Payment | None) -> HttpResponse:
    step, trouble = None, ""
    if payment:
        try:
            step = _step(request, order, payment)
        except GatewayDown:
            trouble = _("This way of paying does not answer now. Try again in a minute, or take another one.")
        except GatewayRefused:
            logger.exception("payment %s was refused", payment.number)
            trouble = _("This way of paying refused the order. Take another one.")
    lines = _lines_of(order.pk)
    context = {
        "order": order,
        "lines": lines,
        "summed": _summed(order, lines),
        "due": due,
        "payment": payment,
        "step": step,
        "trouble": trouble,
        "ways": ways_for(purchase_of(order, due)),
        "chosen": payment.gateway if payment else "",
        "region": order.region,
        "here": request.build_absolute_uri(request.path),
    }
    status = 503 if trouble else 200
    return shells.render(
        request, "shop/payments/pay.html", context, key=None if trouble else _shell_of(context), status=status
    )


def _summed(order: Order, lines: list[Line]) -> tuple[Any, ...]:
    """Return all that the list of what is paid for shows."""
    bought = tuple((line.title, line.quantity, line.gift, line.line_price_incl_tax) for line in lines)
    return bought, order.shipping_incl_tax, order.total_incl_tax


def _shell_of(context: dict[str, Any]) -> tuple[Any, ...]:
    """Return what the page depends on beside its own parts."""
    step, ways = context["step"], tuple(way.code for way in context["ways"])
    by_hand = step and step.facts.get("by_hand")
    return context["order"].region_id, ways, context["chosen"], step is None, bool(by_hand)


def _step(request: HttpRequest, order: Order, payment: Payment) -> Step:
    visitor = visitor_of(request, order.token)
    begin(payment=payment, visitor=visitor)
    return gateway(payment.gateway).step(payment, visitor)
