"""Asking the gateway what became of a payment: a lost notification is recovered by it."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q

from shop.payments.gateways import Answer, GatewayDown, GatewayRefused, State, gateway
from shop.payments.models import Payment
from shop.payments.settling import AnotherTrade, Outcome, WrongAmount, settle

logger = logging.getLogger(__name__)
_PATIENCE = timedelta(minutes=1)
_LATE = timedelta(hours=24)  # so long after its end a payment is still asked for, then closed


def ask(*, payment: Payment, at: datetime) -> Outcome | None:
    """Ask the gateway and settle what it says is paid; None while there is no money.

    Raises:
        GatewayDown: it cannot be asked now.
        WrongAmount, AnotherTrade: it says something that a person must look at.
    """
    Payment.objects.filter(pk=payment.pk).update(asked_at=at)
    return take(payment=payment, answer=gateway(payment.gateway).ask(payment), at=at)


def take(*, payment: Payment, answer: Answer, at: datetime) -> Outcome | None:
    """Take what a gateway says of a payment, by answer or notification."""
    if answer.state == State.DONE and answer.amount is not None:
        paid_at = min(answer.at or at, at)
        return settle(payment=payment, trade_no=answer.trade_no, amount=answer.amount, at=paid_at)
    if answer.state == State.CLOSED:
        mark_closed(payment=payment, at=at)
    return None


def mark_closed(*, payment: Payment, at: datetime) -> bool:
    """Take note that a payment was closed without money."""
    open_one = Payment.objects.filter(pk=payment.pk, state=Payment.State.OPEN)
    return bool(open_one.update(state=Payment.State.CLOSED, closed_at=at))


def recover(*, at: datetime) -> int:
    """Ask for open payments nobody told us about, fifty at a time; return how many were settled.

    Young ones are asked each minute, older ones in pauses of a tenth of their age.
    """
    settled = 0
    down: set[str] = set()  # one that does not answer is not waited for fifty times
    for payment in _unheard_of(at):
        if payment.gateway in down:
            continue
        try:
            settled += ask(payment=payment, at=at) is not None
            if payment.expires_at and at > payment.expires_at + _LATE:
                gateway(payment.gateway).close(payment)
                mark_closed(payment=payment, at=at)
        except GatewayDown:
            down.add(payment.gateway)
            logger.warning("payment %s: the gateway is not to be reached", payment.number)
        except GatewayRefused as error:
            logger.warning("payment %s: %s", payment.number, error)
        except (WrongAmount, AnotherTrade):
            logger.exception("payment %s: the gateway says something else", payment.number)
    return settled


def _unheard_of(at: datetime) -> list[Payment]:
    due = Q(asked_at=None, opened_at__lt=at - _PATIENCE) | Q(asked_at__lt=at - _PATIENCE)
    waiting = (
        Payment.objects.filter(due, state=Payment.State.OPEN, expires_at__isnull=False)
        .exclude(given={})
        .select_related("due")
        .order_by(F("asked_at").asc(nulls_first=True))[:200]
    )
    return [each for each in waiting if _is_time(each, at)][:50]


def _is_time(payment: Payment, at: datetime) -> bool:
    pause = max(_PATIENCE, (at - payment.opened_at) / 10)
    return payment.asked_at is None or at - payment.asked_at >= pause
