"""Notifications of WeChat Pay: signed, young, for us; then opened with our key."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from shop.payments.gateways import Answer, NotTrusted, State, Told
from shop.payments.wechat.account import client

OLDEST = 300  # seconds; WeChat signs each attempt anew
_STATES = {
    "SUCCESS": State.DONE,
    "REFUND": State.DONE,  # paid, and given back since
    "CLOSED": State.CLOSED,
    "REVOKED": State.CLOSED,
    "PAYERROR": State.CLOSED,
}
_BACK = {"SUCCESS": State.DONE, "CLOSED": State.CLOSED, "ABNORMAL": State.CLOSED}


def read(headers: Mapping[str, str], body: bytes, at: datetime) -> Told:
    """Return what WeChat tells.

    The SDK checks neither the age nor that it knows the key (an unknown serial ends in a ValueError), so
    that stands before it.

    Raises:
        NotTrusted: not WeChat's, too old, not readable, or for another merchant.
    """
    _check_age(headers.get("wechatpay-timestamp", ""), at)
    if headers.get("wechatpay-serial") != settings.WECHAT_PAY["public_key_id"]:
        raise NotTrusted("signed with a key we do not know")
    try:
        told = client().callback(dict(headers), body)
    except Exception as error:  # bare ones of the SDK: no JSON, another algorithm
        raise NotTrusted(f"not readable: {error}", 400) from error
    if not told:
        raise NotTrusted("the signature does not fit, or the content is not for our key")
    return _told(told["resource"])


def answer_of(trade: Mapping[str, Any]) -> Answer:
    """Return what WeChat says of a payment."""
    state = _STATES.get(trade.get("trade_state", ""), State.OPEN)
    amount = _yuan(trade.get("amount", {}).get("total"))
    paid_at = trade.get("success_time")
    return Answer(
        state,
        trade.get("transaction_id", ""),
        amount,
        datetime.fromisoformat(paid_at) if paid_at else None,
        trade.get("trade_state_desc", ""),
    )


def answer_of_refund(refund: Mapping[str, Any]) -> Answer:
    """Return what WeChat says of a refund; an answer names the state `status`, a notification otherwise."""
    said = refund.get("refund_status") or refund.get("status") or ""
    done_at = refund.get("success_time")
    return Answer(
        _BACK.get(said, State.OPEN),
        refund.get("refund_id", ""),
        _yuan(refund.get("amount", {}).get("refund")),
        datetime.fromisoformat(done_at) if done_at else None,
        said,
    )


def _told(resource: Mapping[str, Any]) -> Told:
    if resource.get("mchid") != settings.WECHAT_PAY["mch_id"]:
        raise NotTrusted("for another merchant")
    if "out_refund_no" in resource:
        return Told(str(resource["out_refund_no"]), answer_of_refund(resource), of_refund=True)
    if resource.get("appid") != settings.WECHAT_PAY["app_id"]:
        raise NotTrusted("for another app")
    return Told(str(resource.get("out_trade_no", "")), answer_of(resource))


def _check_age(stamp: str, at: datetime) -> None:
    if not (stamp.isascii() and stamp.isdigit()) or abs(at.timestamp() - int(stamp)) > OLDEST:
        raise NotTrusted("too old, or from a clock that goes wrong")


def _yuan(cents: Any) -> Decimal | None:
    return Decimal(cents) / 100 if isinstance(cents, int) else None
