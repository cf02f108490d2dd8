"""From where somebody pays: WeChat's browser, a phone, a desk."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from shop.payments.gateways import Visitor


def visitor_of(request: HttpRequest, token: str = "") -> Visitor:
    """Return what gateways want to know of the visitor who pays the order of `token`.

    Before there is an order there is no address to come back to; none is needed to choose a way.
    """
    back = f"{reverse('payments:pay', args=[token])}?back=1" if token else ""
    agent = request.headers.get("User-Agent", "")
    return Visitor(
        in_wechat="MicroMessenger" in agent,
        on_phone="Mobi" in agent,
        ip=request.META.get("REMOTE_ADDR", "") or "127.0.0.1",
        back_url=back and settings.PUBLIC_BASE_URL + back,
    )
