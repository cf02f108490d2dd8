"""Where WeChat leads back with who pays."""

import logging
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shop.payments.beginning import begin
from shop.payments.gateways import GatewayDown, GatewayRefused
from shop.payments.models import Payment
from shop.payments.visitors import visitor_of
from shop.payments.wechat.openid import openid_of

logger = logging.getLogger(__name__)


@never_cache
@require_GET
def openid(request: HttpRequest) -> HttpResponse:
    """Open the payment of `state` for the person of `code`, and lead to it."""
    waiting = Payment.objects.select_related("due__order").filter(gateway="wechat", form="jsapi")
    payment = get_object_or_404(waiting, number=request.GET.get("state", ""), state=Payment.State.OPEN)
    token = payment.due.order.token
    try:
        person = openid_of(request.GET.get("code", ""))
        begin(payment=payment, visitor=replace(visitor_of(request, token), openid=person))
    except (GatewayDown, GatewayRefused) as error:
        logger.warning("payment %s: %s", payment.number, error)
        messages.error(request, _("WeChat did not say who pays. Try again."))
    return redirect("payments:pay", token)
