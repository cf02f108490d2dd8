"""Notifications of gateways: kept as they came, trusted only when signed, taken once.

Of unsigned ones only so many of a source are kept: anybody can send them.
"""

import logging
from collections.abc import Mapping
from datetime import datetime

from shop.payments import asking, repaying
from shop.payments.gateways import Gateway, NotTrusted, Told
from shop.payments.models import Notification, Payment, Repayment
from shop.payments.settling import AnotherTrade, Outcome, WrongAmount
from shop.unsigned import is_kept

logger = logging.getLogger(__name__)
LARGEST = 65_536  # bytes; those of the gateways are under 4 kB
_KEPT_HEADERS = ("content-type", "wechatpay-serial", "wechatpay-timestamp", "wechatpay-nonce",
                 "wechatpay-signature", "wechatpay-signature-type", "request-id", "user-agent")  # fmt: skip
_OUTCOME = Notification.Outcome


def notified(
    *, through: Gateway, headers: Mapping[str, str], body: bytes, source: str, at: datetime
) -> tuple[Notification, int]:
    """Take a notification and return what was kept of it, with the HTTP status to answer.

    Whatever is wrong with it is kept with the reason, and changes nothing else; the returned row is not in
    the database where `source`, a network address, sent too many unsigned ones.
    """
    kept = Notification(
        gateway=through.code,
        headers={name: _plain(headers[name]) for name in _KEPT_HEADERS if name in headers},
        body=_plain(body[:LARGEST].decode("utf-8", "replace")),
        outcome=_OUTCOME.REFUSED,
        received_at=at,
    )
    try:
        told = through.read(headers, body, at)
    except NotTrusted as error:
        return _refused(kept, error, keep=is_kept(source=source, at=at)), error.status
    status = _take(kept, through, told, at)
    kept.why = kept.why[:200]
    kept.save()
    return kept, status


def _refused(kept: Notification, error: NotTrusted, *, keep: bool) -> Notification:
    logger.warning("notification of %s refused%s: %s", kept.gateway, "" if keep else ", not kept", error)
    kept.why = str(error)[:200]
    if keep:
        kept.save()
    return kept


def _take(kept: Notification, through: Gateway, told: Told, at: datetime) -> int:
    try:
        news = _about_refund(kept, through, told, at) if told.of_refund else _about(kept, through, told, at)
    except NotTrusted as error:
        logger.warning("notification of %s refused: %s", through.code, error)
        kept.why = str(error)
        return error.status
    except (WrongAmount, AnotherTrade) as error:
        logger.error("notification of %s: %s", through.code, error)
        kept.why = str(error)
        return 409
    kept.outcome = _OUTCOME.TAKEN if news else _OUTCOME.AGAIN
    return 200


def _about(kept: Notification, through: Gateway, told: Told, at: datetime) -> bool:
    """Take what was told of a payment; tell whether it was news."""
    payment = Payment.objects.filter(number=told.number, gateway=through.code).select_related("due").first()
    if payment is None:
        raise NotTrusted(f"no payment {told.number}", 404)
    kept.payment = payment
    was = payment.state
    outcome = asking.take(payment=payment, answer=told.answer, at=at)
    if outcome is None:
        payment.refresh_from_db(fields=["state"])
        return payment.state != was
    return outcome != Outcome.AGAIN


def _about_refund(kept: Notification, through: Gateway, told: Told, at: datetime) -> bool:
    found = Repayment.objects.filter(number=told.number, payment__gateway=through.code)
    repayment = found.select_related("payment", "refund").first()
    if repayment is None:
        raise NotTrusted(f"no repayment {told.number}", 404)
    kept.repayment = repayment
    if told.answer.amount is not None and told.answer.amount != repayment.amount:
        raise WrongAmount(f"{repayment.number}: {told.answer.amount} instead of {repayment.amount}")
    return repaying.take(repayment=repayment, answer=told.answer, at=at)


def _plain(text: str) -> str:
    """Return text that every database keeps."""
    return text.replace("\x00", "\ufffd")
