"""What Alipay says: answers, and notifications that are signed, young and for us."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from django.conf import settings

from shop.payments.alipay.account import client
from shop.payments.gateways import Answer, NotTrusted, State, Told

_CHINA = ZoneInfo("Asia/Shanghai")
OLDEST = timedelta(hours=26)  # Alipay repeats a notification for 25 hours
_AHEAD = timedelta(minutes=5)
_STATES = {
    "TRADE_SUCCESS": State.DONE,
    "TRADE_FINISHED": State.DONE,
    "TRADE_CLOSED": State.CLOSED,
}


def read(body: bytes, at: datetime) -> Told:
    """Return what Alipay tells.

    Raises:
        NotTrusted: not Alipay's, too old, not readable, or for another app or seller.
    """
    told = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if not _is_signed(told):
        raise NotTrusted("the signature does not fit")
    if told.get("app_id") != settings.ALIPAY["app_id"]:
        raise NotTrusted("for another app")
    seller = settings.ALIPAY.get("seller_id")
    if seller and told.get("seller_id") != seller:
        raise NotTrusted("for another seller")
    sent_at = moment(told.get("notify_time", ""))
    if sent_at is None or not -_AHEAD <= at - sent_at <= OLDEST:
        raise NotTrusted("too old, or from a clock that goes wrong")
    return _told(told)


def answer_of(trade: Mapping[str, Any]) -> Answer:
    """Return what Alipay says of a payment; its sum is what was asked for, not what a red envelope left."""
    paid_at = trade.get("send_pay_date") or trade.get("gmt_payment") or ""
    return Answer(
        _STATES.get(trade.get("trade_status", ""), State.OPEN),
        str(trade.get("trade_no", "")),
        _yuan(trade.get("total_amount")),
        moment(paid_at),
        str(trade.get("trade_status", "")),
    )


def moment(text: str) -> datetime | None:
    """Return a time as Alipay writes it (clock of China), None for anything else."""
    try:
        return datetime.strptime(text[:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=_CHINA)
    except ValueError:
        return None


def _told(told: Mapping[str, str]) -> Told:
    """Return a notification; that of a refund names our number of it and holds the sum of all refunds."""
    number, of_refund = told.get("out_trade_no", ""), told.get("out_biz_no", "")
    if told.get("gmt_refund") or told.get("refund_fee"):
        done = Answer(State.DONE, told.get("trade_no", ""), None, moment(told.get("gmt_refund", "")))
        return Told(of_refund or number, done, of_refund=True)
    return Told(number, answer_of(told))


def _is_signed(told: Mapping[str, str]) -> bool:
    """Tell whether Alipay signed it. The SDK changes the mapping it is given, so it gets one of its own."""
    from alipay.exceptions import AliPayException

    words = dict(told)
    signature = words.pop("sign", "")
    try:
        return bool(signature) and bool(client().verify(words, signature))
    except (AliPayException, ValueError):  # another kind of signature, or no base64
        return False


def _yuan(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
