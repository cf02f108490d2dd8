"""What happens to a claim when the side whose turn it is stays silent.

- the seller does not answer: it goes before the office
- the buyer does not object to a refusal: it stays refused
- the buyer does not send it back: it is withdrawn
- the seller does not look at what came back: it counts as come back, and is paid or replaced
- money or replacement arrived: settled
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from record.codes.refusals import CodesRefused
from shop.aftersales.models import Claim
from shop.aftersales.objecting import object_to, withdraw
from shop.aftersales.sending_back import came_back
from shop.aftersales.states import NotYourTurn, State, move
from shop.fulfilment.models import Consignment
from shop.payments.refunding import NotRefundable
from shop.stock.refusals import NothingWentOut
from shop.stock.reserving import SoldOut

logger = logging.getLogger(__name__)
_SENT = (Consignment.State.SENT, Consignment.State.RECEIVED)


def keep_deadlines(*, at: datetime) -> int:
    """Do what is due by the clock; return how many claims moved. What another did first is left alone."""
    late = Claim.objects.filter(due_at__lt=at, state__in=_AFTER).select_related("line__order")
    return sum(_go_on(claim, at) for claim in late) + settle_arrived(at=at)


def settle_arrived(*, at: datetime) -> int:
    """Settle the claims whose money is back or whose replacement was sent; return how many."""
    paid = Claim.objects.filter(state=State.REFUNDING, refund__done_at__isnull=False)
    sent = Claim.objects.filter(state=State.RESENDING, replacement__state__in=_SENT)
    return sum(_settle(claim, at) for claim in [*paid, *sent])


def _go_on(claim: Claim, at: datetime) -> bool:
    try:
        _AFTER[claim.state](claim, at)
    except NotYourTurn:
        return False
    except (NotRefundable, SoldOut, NothingWentOut, CodesRefused):
        logger.exception("claim %s cannot go on by itself", claim.number)
        return False
    return True


def _to_the_office(claim: Claim, at: datetime) -> None:
    object_to(claim=claim, words=_("The seller has not answered in time."), at=at, side="clock")


def _stay_refused(claim: Claim, at: datetime) -> None:
    with transaction.atomic():
        move(claim, State.REJECTED, verb="lapsed", side="clock", at=at, by=None)


def _let_go(claim: Claim, at: datetime) -> None:
    withdraw(claim=claim, at=at, side="clock")


def _counts_as_back(claim: Claim, at: datetime) -> None:
    came_back(claim=claim, good=False, at=at, by=None, side="clock")


def _settle(claim: Claim, at: datetime) -> bool:
    try:
        with transaction.atomic():
            move(claim, State.SETTLED, verb="settled", side="clock", at=at, by=None)
    except NotYourTurn:
        return False
    return True


_AFTER: dict[str, Callable[[Claim, datetime], None]] = {
    State.OPEN: _to_the_office,
    State.REFUSED: _stay_refused,
    State.RETURNING: _let_go,
    State.BACK: _counts_as_back,
}
