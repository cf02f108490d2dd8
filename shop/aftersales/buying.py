"""What a buyer can do with a claim, as a table: its form, its words, its one call."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from shop.aftersales.forms import SentBackForm, WordsForm
from shop.aftersales.models import Claim
from shop.aftersales.objecting import object_to, withdraw
from shop.aftersales.sending_back import sent_back

State = Claim.State
Doing = Callable[[Claim, dict[str, Any], datetime, User | None], None]


@dataclass(frozen=True, slots=True)
class BuyerAct:
    """One thing a buyer can do in some states; `first` stands open."""

    states: frozenset[str]
    title: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    do: Doing
    first: bool = False


def _sent_back(claim: Claim, facts: dict[str, Any], at: datetime, by: User | None) -> None:
    sent_back(claim=claim, carrier=facts["carrier"], waybill=facts["waybill"], at=at, by=by)


def _object(claim: Claim, facts: dict[str, Any], at: datetime, by: User | None) -> None:
    object_to(claim=claim, words=facts["words"], at=at, by=by)


def _withdraw(claim: Claim, facts: dict[str, Any], at: datetime, by: User | None) -> None:
    withdraw(claim=claim, at=at, by=by)


ACTS: dict[str, BuyerAct] = {
    "send-back": BuyerAct(
        frozenset({State.RETURNING}),
        _("I sent it back"),
        _("Keep the waybill"),
        _("Noted. The seller sees it."),
        SentBackForm,
        _sent_back,
        first=True,
    ),
    "object": BuyerAct(
        frozenset({State.REFUSED}),
        _("Bring it before the office"),
        _("Bring it before the office"),
        _("The office decides within three days."),
        WordsForm,
        _object,
        first=True,
    ),
    "withdraw": BuyerAct(
        frozenset({State.OPEN, State.REFUSED, State.OFFICE, State.RETURNING}),
        _("Let it go"),
        _("Let it go"),
        _("The claim is withdrawn."),
        forms.Form,
        _withdraw,
    ),
}


def open_acts(claim: Claim) -> Iterator[tuple[str, BuyerAct]]:
    """Yield what the buyer can do now."""
    return ((name, one) for name, one in ACTS.items() if claim.state in one.states)
