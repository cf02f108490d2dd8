"""What a buyer does with an order: cancel it, say that it has come. Both lead back to its page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from shop.buyer.views import order_of, order_page
from shop.fulfilment.receiving import NotReceived, confirm_receipt
from shop.ordering.cancelling import NotCancellable, cancel_order
from shop.presale.stepping_back import holds_its_buyer


def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel the order, before anything of it has left."""
    found = order_of(token)
    if request.method != "POST":
        return redirect("orders:order", token=token)
    reason = request.POST.get("reason", "").strip()[:100] or _("Cancelled by the buyer.")
    if holds_its_buyer(found):
        why = _("The deposit is paid. It comes back when the harvest is late or does not come.")
        return order_page(request, found, status=409, wrong=why)
    try:
        cancel_order(order=found, reason=reason, at=timezone.now(), by=_person(request))
    except NotCancellable as error:
        return order_page(request, order_of(token), status=409, wrong=str(error))
    messages.success(request, _("Cancelled. What was paid goes back the way it came."))
    return redirect("orders:order", token=token)


def received(request: HttpRequest, token: str) -> HttpResponse:
    """Take down that everything has come."""
    found = order_of(token)
    if request.method != "POST":
        return redirect("orders:order", token=token)
    try:
        confirm_receipt(order=found, at=timezone.now(), by=_person(request))
    except NotReceived as error:
        return order_page(request, order_of(token), status=409, wrong=str(error))
    messages.success(request, _("Thank you. Scan a code on a package to see where it grew."))
    return redirect("orders:order", token=token)


def _person(request: HttpRequest) -> User | None:
    """Return who is signed in; a guest is nobody."""
    return request.user if request.user.is_authenticated else None
