"""The buyer does not agree: the claim goes before the office. Or the buyer lets it go."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from accounts.models import User
from shop.aftersales.models import Claim
from shop.aftersales.states import State, move
from shop.aftersales.telling import tell_office

DECIDE_WITHIN: Final = timedelta(days=3)


def object_to(*, claim: Claim, words: str, at: datetime, by: User | None = None, side: str = "buyer") -> None:
    """Bring a claim before the office, which decides within three days.

    Raises:
        NotYourTurn: it was neither refused nor left without an answer.
    """
    with transaction.atomic():
        until = at + DECIDE_WITHIN
        move(claim, State.OFFICE, verb="objected", side=side, at=at, by=by, note=words, due_at=until)
    tell_office(claim, at=at)


def withdraw(*, claim: Claim, at: datetime, by: User | None = None, side: str = "buyer") -> None:
    """Let a claim go; another can be made while there is time.

    Raises:
        NotYourTurn: goods or money moved already.
    """
    with transaction.atomic():
        move(claim, State.WITHDRAWN, verb="withdrawn", side=side, at=at, by=by)
