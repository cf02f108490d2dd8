"""What the seller answers: agree, or refuse with the reason."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from shop.aftersales.models import Claim
from shop.aftersales.paying_back import pay_back
from shop.aftersales.resending import resend
from shop.aftersales.states import State, move
from shop.aftersales.telling import tell_answer

SEND_BACK_WITHIN: Final = timedelta(days=7)
OBJECT_WITHIN: Final = timedelta(days=7)


class NoReason(ValueError):
    """A refusal says why, and a return says where to; the text says what is missing."""


def agree(
    *,
    claim: Claim,
    at: datetime,
    by: User | None,
    side: str = "seller",
    amount: Decimal | None = None,
    freight: Decimal = Decimal(0),
    return_to: str = "",
    note: str = "",
) -> None:
    """Give the buyer what the claim asks for: the money, the way to send it back, or another one.

    What is to come back is paid or exchanged when it is there; spoiled food is never sent back. The office
    (`side` "office") may grant another `amount` than was asked, a seller no less than that.

    Raises:
        NoReason: less than was asked is granted by the seller, or it is not said where to send it.
        NotYourTurn: it was answered meanwhile.
        NotRefundable, SoldOut: it cannot be done; nothing changed.
    """
    if side == "seller" and amount is not None and amount < claim.amount:
        raise NoReason(
            _("Less than was asked for is for the office to decide. Refuse, and say what you offer.")
        )
    goes_back = claim.kind in {Claim.Kind.RETURN, Claim.Kind.EXCHANGE}
    if goes_back and not return_to.strip():
        raise NoReason(_("Say where it is to be sent, with a name and a number to call."))
    with transaction.atomic():
        if goes_back:
            _ask_back(claim, return_to, side=side, at=at, by=by, note=note)
        else:
            granted = claim.amount if amount is None else amount
            pay_back(claim=claim, amount=granted, freight=freight, side=side, at=at, by=by, note=note)
    tell_answer(claim, note=note, at=at)


def refuse(*, claim: Claim, reason: str, at: datetime, by: User | None) -> None:
    """Say no. The buyer may bring it before the office for seven days.

    Raises:
        NoReason: no reason was given.
        NotYourTurn: it was answered meanwhile.
    """
    if not reason.strip():
        raise NoReason(_("Say why: the buyer and the office read it."))
    with transaction.atomic():
        until = at + OBJECT_WITHIN
        move(claim, State.REFUSED, verb="refused", side="seller", at=at, by=by, note=reason, due_at=until)
    tell_answer(claim, note=reason, at=at)


def exchange_without_return(*, claim: Claim, at: datetime, by: User | None, side: str = "seller") -> None:
    """Send another one at once, where sending the first back makes no sense.

    Raises:
        NotYourTurn: it was answered meanwhile, or another thing than an exchange was asked for.
        SoldOut: there is none to send; nothing changed.
    """
    with transaction.atomic():
        resend(claim=claim, side=side, at=at, by=by)
    tell_answer(claim, note="", at=at)


def _ask_back(claim: Claim, return_to: str, *, side: str, at: datetime, by: User | None, note: str) -> None:
    move(
        claim, State.RETURNING, verb="agreed", side=side, at=at, by=by, note=note,
        due_at=at + SEND_BACK_WITHIN, return_to=return_to.strip()[:200],
    )  # fmt: skip
