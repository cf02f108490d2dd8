"""A trade buyer is approved, refused, suspended and let in again: one function for each verb."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.telling import tell_person
from shop.trade.buyers import TradeBuyer
from shop.trade.refusals import SettledAlready, TradeRefused

State = TradeBuyer.State


def approve(*, buyer: TradeBuyer, by: User | None, at: datetime) -> None:
    """Let the buyer see trade prices and ask for quotations.

    Raises:
        SettledAlready: it was decided meanwhile.
    """
    _move(buyer, State.APPROVED, out_of=(State.ASKED,), verb="approved", reason="", by=by, at=at)


def refuse(*, buyer: TradeBuyer, reason: str, by: User | None, at: datetime) -> None:
    """Refuse, with a reason the buyer reads.

    Raises:
        TradeRefused: without a reason.
        SettledAlready: it was decided meanwhile.
    """
    _move(buyer, State.REFUSED, out_of=(State.ASKED,), verb="refused", reason=_said(reason), by=by, at=at)


def suspend(*, buyer: TradeBuyer, reason: str, by: User | None, at: datetime) -> None:
    """Stop trade prices for now; what is ordered stays ordered.

    Raises:
        TradeRefused: without a reason.
        SettledAlready: it is not approved.
    """
    out_of = (State.APPROVED,)
    _move(buyer, State.SUSPENDED, out_of=out_of, verb="suspended", reason=_said(reason), by=by, at=at)


def reinstate(*, buyer: TradeBuyer, by: User | None, at: datetime) -> None:
    """Let a suspended buyer in again.

    Raises:
        SettledAlready: it is not suspended.
    """
    _move(buyer, State.APPROVED, out_of=(State.SUSPENDED,), verb="reinstated", reason="", by=by, at=at)


def _said(reason: str) -> str:
    if not reason.strip():
        raise TradeRefused(_("Write the reason: the buyer reads it."))
    return reason.strip()[:200]


@transaction.atomic
def _move(
    buyer: TradeBuyer,
    to: str,
    *,
    out_of: tuple[str, ...],
    verb: str,
    reason: str,
    by: User | None,
    at: datetime,
) -> None:
    """Move it; compare-and-set on the state, so of two who decide at once one is told."""
    asked = TradeBuyer.objects.filter(pk=buyer.pk, state__in=out_of)
    if not asked.update(state=to, reason=reason, decided_at=at):
        raise SettledAlready(_("Somebody decided about this buyer meanwhile. Look again."))
    buyer.refresh_from_db()
    record_act(buyer, verb, by=by, at=at, note=reason)
    if buyer.user is not None:
        transaction.on_commit(partial(_tell, buyer, at))


def _tell(buyer: TradeBuyer, at: datetime) -> None:
    tell_person(
        buyer.user,
        kind="trade_buyer_decided",
        context={"name": buyer.name, "state": buyer.state, "reason": buyer.reason},
        at=at,
        key=f"trade-buyer:{buyer.pk}:{at.isoformat()}",
        url=reverse("trade:home"),
    )
