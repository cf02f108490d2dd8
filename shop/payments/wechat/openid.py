"""Who pays, as WeChat names them to this app: its web authorisation (OAuth 2, scope snsapi_base, unasked)."""

from urllib.parse import urlencode

import requests
from django.conf import settings
from django.urls import reverse

from shop.payments.gateways import GatewayDown
from shop.payments.models import Payment

_TIMEOUT = (3, 10)


def ask_url(payment: Payment) -> str:
    """Return where WeChat's browser is sent; it comes back with a code. `state` takes letters and digits."""
    asked = {
        "appid": settings.WECHAT_PAY["app_id"],
        "redirect_uri": settings.PUBLIC_BASE_URL + reverse("payments:openid"),
        "response_type": "code",
        "scope": "snsapi_base",
        "state": payment.number,
    }
    return f"{settings.WECHAT_PAY['authorize_url']}?{urlencode(asked)}#wechat_redirect"


def openid_of(code: str) -> str:
    """Return the openid that a code stands for; it is used for this payment and not kept.

    Raises:
        GatewayDown: WeChat does not answer, or the code was used or is too old.
    """
    asked = {
        "appid": settings.WECHAT_PAY["app_id"],
        "secret": settings.WECHAT_PAY["app_secret"],
        "code": code,
        "grant_type": "authorization_code",
    }
    try:
        answer = requests.get(settings.WECHAT_PAY["token_url"], params=asked, timeout=_TIMEOUT).json()
    except (requests.RequestException, ValueError) as error:
        raise GatewayDown(f"no openid: {type(error).__name__}") from error  # the text would hold the secret
    if not answer.get("openid"):
        raise GatewayDown(f"no openid: {answer.get('errcode')}")
    return str(answer["openid"])
