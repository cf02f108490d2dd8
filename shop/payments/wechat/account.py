"""The merchant at WeChat Pay, out of the settings, and the SDK that signs for it."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import requests
from django.conf import settings

from shop.payments.gateways import GatewayDown, GatewayRefused

_NEEDED = ("app_id", "mch_id", "mch_serial", "mch_key", "api_v3_key", "public_key", "public_key_id")
_TIMEOUT = (3, 10)  # seconds to connect, to answer
# what to ask again for; everything else that is refused stays refused
_PASSING = {"SYSTEM_ERROR", "SYSTEMERROR", "FREQUENCY_LIMITED", "RATELIMIT_EXCEEDED", "BANKERROR"}
_OK, _SERVER_ERROR, _TOO_MANY = range(200, 300), 500, 429


class Unknown(LookupError):
    """WeChat never heard of it."""


def is_set_up() -> bool:
    """Tell whether the settings name a merchant."""
    return all(settings.WECHAT_PAY.get(name) for name in _NEEDED)


def client() -> Any:
    """Return the SDK for the merchant of the settings.

    It verifies by WeChat's public key alone: the older platform certificates would have to be fetched first.
    """
    return _client(tuple(sorted(settings.WECHAT_PAY.items())))


@lru_cache(maxsize=2)
def _client(facts: tuple[tuple[str, str], ...]) -> Any:
    from wechatpayv3 import WeChatPay, WeChatPayType

    names = dict(facts)
    made = WeChatPay(
        wechatpay_type=WeChatPayType.NATIVE,
        mchid=names["mch_id"],
        private_key=Path(names["mch_key"]).read_text(),
        cert_serial_no=names["mch_serial"],
        appid=names["app_id"],
        apiv3_key=names["api_v3_key"],
        public_key=Path(names["public_key"]).read_text(),
        public_key_id=names["public_key_id"],
        timeout=_TIMEOUT,
    )
    made._core._gate_way = names["url"]  # no other way leads to a test server
    return made


def call(verb: Callable[..., tuple[int, Any]], **asked: Any) -> dict[str, Any]:
    """Call the SDK and return what WeChat answered.

    Raises:
        GatewayDown: no answer, one that WeChat did not sign, or "later".
        Unknown: there is no such payment or refund.
        GatewayRefused: WeChat said no, with its reason.
    """
    import json

    try:
        status, text = verb(**asked)
        answer = json.loads(text) if text else {}
    except requests.RequestException as error:
        raise GatewayDown(str(error)) from error
    except Exception as error:  # the SDK raises bare ones: a signature that does not fit, an unknown serial
        raise GatewayDown(f"WeChat's answer cannot be trusted: {error}") from error
    if status in _OK:
        return dict(answer)
    return _refused(status, answer if isinstance(answer, dict) else {})


def _refused(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    code, text = str(answer.get("code", status)), str(answer.get("message", ""))
    if status == 404 or code in {"ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"}:
        raise Unknown(code)
    if status >= _SERVER_ERROR or status == _TOO_MANY or code in _PASSING:
        raise GatewayDown(f"{code} {text}")
    raise GatewayRefused(f"{code} {text}")
