"""Repaying: money goes back through the gateway it came by, asked for as often as needed, paid once."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from shop.payments.gateways import Answer, GatewayDown, GatewayRefused, State, gateway
from shop.payments.models import Refund, Repayment

logger = logging.getLogger(__name__)
_OPEN = (Repayment.State.WAITING, Repayment.State.SENT)
_PATIENCE = timedelta(minutes=1)  # between two questions, growing with each
_LONGEST = timedelta(hours=2)


def send(*, repayment: Repayment, at: datetime) -> None:
    """Ask the gateway to give the money back, or what became of it; nothing to do where an officer pays.

    Claimed by compare-and-set on the time of the last question: two workers do not ask at once, and if they
    did, the number makes it one repayment at the gateway.
    """
    through = gateway(repayment.payment.gateway)
    if through.by_hand or repayment.state not in _OPEN:
        return
    untouched = Repayment.objects.filter(pk=repayment.pk, state__in=_OPEN, asked_at=repayment.asked_at)
    if not untouched.update(asked_at=at, tries=F("tries") + 1):
        return
    asks = through.ask_back if repayment.state == Repayment.State.SENT else through.give_back
    try:
        take(repayment=repayment, answer=asks(repayment), at=at)
    except GatewayRefused as error:
        fail(repayment=repayment, why=str(error))
    except GatewayDown:
        logger.warning("repayment %s: the gateway is not to be reached", repayment.number, exc_info=True)


def take(*, repayment: Repayment, answer: Answer, at: datetime) -> bool:
    """Take what a gateway says of a repayment, by answer or notification; tell whether it was news.

    Notifications overtake answers: what is done stays done, and a refusal that came first is overruled.
    """
    if answer.state == State.DONE:
        return complete(repayment=repayment, trade_no=answer.trade_no, at=answer.at or at)
    if answer.state == State.CLOSED:
        return fail(repayment=repayment, why=answer.why)
    if answer.state == State.UNKNOWN:
        return _move(repayment, Repayment.State.SENT, Repayment.State.WAITING)
    return _move(repayment, Repayment.State.WAITING, Repayment.State.SENT)


def complete(*, repayment: Repayment, trade_no: str, at: datetime, by: User | None = None) -> bool:
    """Take note that the money went back; the refund is done with its last part. Tell whether it was news."""
    with transaction.atomic():
        refund = Refund.objects.select_for_update().get(pk=repayment.refund_id)
        news = Repayment.objects.filter(pk=repayment.pk).exclude(state=Repayment.State.DONE)
        if not news.update(state=Repayment.State.DONE, trade_no=trade_no, done_at=at, by=by, note=""):
            return False
        if not refund.repayments.exclude(state=Repayment.State.DONE).exists():
            refund.done_at = at
            refund.save(update_fields=["done_at"])
        return True


def fail(*, repayment: Repayment, why: str) -> bool:
    """Take note that the gateway will not do it: an officer must look. Tell whether it was news."""
    open_ones = Repayment.objects.filter(pk=repayment.pk, state__in=_OPEN)
    return bool(open_ones.update(state=Repayment.State.FAILED, note=why[:200]))


def try_again(*, repayment: Repayment) -> None:
    """Put a refused repayment back to be sent, under the same number: it cannot be paid twice."""
    Repayment.objects.filter(pk=repayment.pk, state=Repayment.State.FAILED).update(
        state=Repayment.State.WAITING, asked_at=None, tries=0
    )


def overdue(*, at: datetime) -> list[Repayment]:
    """Return what should be asked for (again) now, fifty at a time; the pauses double up to two hours."""
    waiting = Repayment.objects.filter(state__in=_OPEN).filter(
        Q(asked_at=None) | Q(asked_at__lt=at - _PATIENCE)
    )
    return [
        each
        for each in waiting.select_related("payment", "refund").order_by(F("asked_at").asc(nulls_first=True))[
            :200
        ]
        if each.asked_at is None or at - each.asked_at >= _pause(each.tries)
    ][:50]


def _pause(tries: int) -> timedelta:
    return min(_PATIENCE * 2 ** min(tries, 10), _LONGEST)


def _move(repayment: Repayment, was: str, to: str) -> bool:
    return bool(Repayment.objects.filter(pk=repayment.pk, state=was).update(state=to))
