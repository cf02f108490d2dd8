"""From where somebody pays: WeChat's browser, a phone, a desk."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from shop.payments.gateways import Visitor


def visitor_of(request: HttpRequest, token: str) -> Visitor:
    """Return what gateways want to know of the visitor who pays the order of `token`."""
    agent = request.headers.get("User-Agent", "")
    return Visitor(
        in_wechat="MicroMessenger" in agent,
        on_phone="Mobi" in agent,
        ip=request.META.get("REMOTE_ADDR", "") or "127.0.0.1",
        back_url=settings.PUBLIC_BASE_URL + reverse("payments:pay", args=[token]) + "?back=1",
    )
