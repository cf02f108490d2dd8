"""The merchant at Alipay, out of the settings, and the SDK that signs for it (RSA2)."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from shop.payments.gateways import GatewayDown, GatewayRefused

_NEEDED = ("app_id", "app_key", "public_key")
_TIMEOUT = 10  # seconds
_TAKEN = "10000"
_PASSING = {"ACQ.SYSTEM_ERROR", "AOP.ACQ.SYSTEM_ERROR", "ISP.UNKNOW-ERROR", "ACQ.REFUND_CHARGE_ERROR"}
_UNKNOWN = {"ACQ.TRADE_NOT_EXIST", "TRADE_NOT_EXIST"}


class Unknown(LookupError):
    """Alipay never heard of it: a trade begins when the buyer signs in there."""


def is_set_up() -> bool:
    """Tell whether the settings name a merchant."""
    return all(settings.ALIPAY.get(name) for name in _NEEDED)


def client() -> Any:
    """Return the SDK for the merchant of the settings."""
    return _client(tuple(sorted(settings.ALIPAY.items())))


@lru_cache(maxsize=2)
def _client(facts: tuple[tuple[str, str], ...]) -> Any:
    from alipay import AliPay
    from alipay.utils import AliPayConfig

    names = dict(facts)
    made = AliPay(
        appid=names["app_id"],
        app_notify_url=None,
        app_private_key_string=Path(names["app_key"]).read_text(),
        alipay_public_key_string=Path(names["public_key"]).read_text(),
        sign_type="RSA2",
        config=AliPayConfig(timeout=_TIMEOUT),
    )
    made._gateway = names["url"]  # no other way leads to a test server
    return made


def call(method: str, asked: dict[str, Any], **around: Any) -> dict[str, Any]:
    """Call Alipay and return what it answered and signed.

    Raises:
        GatewayDown: no answer, one that Alipay did not sign, or "later".
        Unknown: there is no such trade.
        GatewayRefused: Alipay said no, with its reason.
    """
    answer = _answered(client().server_api, method, asked, around)
    if answer.get("code") == _TAKEN:
        return answer
    why = str(answer.get("sub_code") or answer.get("code"))
    text = f"{why} {answer.get('sub_msg', '')}"
    if why in _UNKNOWN:
        raise Unknown(why)
    if why.upper() in _PASSING or answer.get("code") == "20000":
        raise GatewayDown(text)
    raise GatewayRefused(text)


def _answered(
    verb: Callable[..., Any], method: str, asked: dict[str, Any], around: dict[str, Any]
) -> dict[str, Any]:
    from alipay.exceptions import AliPayException, AliPayValidationError

    try:
        return dict(verb(method, biz_content=asked, **around))
    except (AliPayException, AliPayValidationError, OSError, ValueError, KeyError, TypeError) as error:
        raise GatewayDown(f"Alipay's answer cannot be had or trusted: {error}") from error
