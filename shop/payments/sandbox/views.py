"""The counter of the sandbox: what a bank's page would be, and what can go wrong at one."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.payments.asking import take
from shop.payments.models import Payment
from shop.payments.sandbox.gateway import pay


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, number: str) -> HttpResponse:
    """Pay without money, be told or not; only where the settings allow it."""
    if not settings.PAYMENT_SANDBOX:
        raise Http404
    of_here = Payment.objects.select_related("due__order__region").filter(gateway="sandbox")
    payment = get_object_or_404(of_here, number=number)
    order, now = payment.due.order, timezone.now()
    if request.method != "POST":
        context = {"payment": payment, "order": order, "region": order.region}
        return render(request, "shop/payments/sandbox.html", context)
    if request.POST.get("act") == "leave" or payment.state != Payment.State.OPEN:
        return redirect("payments:pay", order.token)
    answer = pay(payment=payment, at=now)
    if request.POST.get("act") == "silent":  # the notification is lost: the shop must ask by itself
        return redirect("payments:pay", order.token)
    take(payment=payment, answer=answer, at=now)
    return redirect("orders:order", order.token)
