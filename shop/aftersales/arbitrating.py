"""What the office decides where buyer and seller do not agree: money, a return, or nothing."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from shop.aftersales.answering import NoReason
from shop.aftersales.models import Claim
from shop.aftersales.paying_back import pay_back
from shop.aftersales.states import State, move
from shop.aftersales.telling import tell_answer


def grant(
    *, claim: Claim, amount: Decimal, at: datetime, by: User | None, note: str, freight: Decimal = Decimal(0)
) -> None:
    """Give `amount` back, whatever was asked; the goods stay where they are.

    Raises:
        NoReason: no reason was given.
        NotYourTurn: it is not with the office.
        NotRefundable: more than is left; nothing changed.
    """
    if not note.strip():
        raise NoReason(_("Say why: the buyer and the seller read it."))
    with transaction.atomic():
        pay_back(claim=claim, amount=amount, freight=freight, side="office", at=at, by=by, note=note)
    tell_answer(claim, note=note, at=at)


def reject(*, claim: Claim, reason: str, at: datetime, by: User | None) -> None:
    """Decide, as the office, that the claim has no ground.

    Raises:
        NoReason: no reason was given.
        NotYourTurn: it is not with the office.
    """
    if not reason.strip():
        raise NoReason(_("Say why: the buyer and the seller read it."))
    with transaction.atomic():
        move(claim, State.REJECTED, verb="rejected", side="office", at=at, by=by, note=reason)
    tell_answer(claim, note=reason, at=at)
