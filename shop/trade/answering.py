"""The seller answers a quotation: an offer with prices, freight and a last day, or a no with its reason."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.telling import tell_person
from shop.trade.models import Quotation
from shop.trade.refusals import SettledAlready, TradeRefused

State = Quotation.State
LAST = (State.ASKED, State.OFFERED)  # an offer may be made better until it is accepted


@transaction.atomic
def offer(
    *,
    quotation: Quotation,
    prices: Mapping[int, Decimal],
    freight: Decimal,
    valid_until: date,
    note: str,
    by: User | None,
    at: datetime,
) -> None:
    """Offer each line, by its key, at a price of one; and the delivery for `freight`.

    Raises:
        TradeRefused: a price is missing, the freight is below zero, or the last day is over.
        SettledAlready: the buyer withdrew or ordered meanwhile.
    """
    if freight < 0 or valid_until < timezone.localdate(at):
        raise TradeRefused(_("Write the freight, 0 for none, and a last day that is still to come."))
    held = _hold(quotation)
    for line in held.lines.select_related("stockrecord__product"):
        line.price = prices.get(line.pk)
        if line.price is None or line.price <= 0:
            title = line.stockrecord.called
            raise TradeRefused(_("%(title)s: write what one costs.") % {"title": title})
        line.save(update_fields=["price"])
    held.freight, held.valid_until = freight, valid_until
    _answer(held, State.OFFERED, note=note, at=at)
    record_act(held, "offered_price", by=by, at=at, note=note.strip())
    transaction.on_commit(partial(_tell, held, at))


@transaction.atomic
def decline(*, quotation: Quotation, reason: str, by: User | None, at: datetime) -> None:
    """Say no, with a reason the buyer reads.

    Raises:
        TradeRefused: without a reason.
        SettledAlready: it was answered or withdrawn meanwhile.
    """
    if not reason.strip():
        raise TradeRefused(_("Write the reason: the buyer reads it."))
    held = _hold(quotation)
    _answer(held, State.DECLINED, note=reason, at=at)
    record_act(held, "declined", by=by, at=at, note=reason.strip())
    transaction.on_commit(partial(_tell, held, at))


def _hold(quotation: Quotation) -> Quotation:
    """Return it locked and still to be answered: an answer and an order at once follow one another."""
    held = Quotation.objects.select_for_update(of=("self",)).get(pk=quotation.pk)
    if held.state not in LAST:
        raise SettledAlready(_("This quotation is %(state)s.") % {"state": held.get_state_display()})
    return held


def _answer(held: Quotation, state: str, *, note: str, at: datetime) -> None:
    held.state, held.answer, held.answered_at = state, note.strip()[:200], at
    held.save(update_fields=["state", "answer", "answered_at", "freight", "valid_until"])


def _tell(quotation: Quotation, at: datetime) -> None:
    tell_person(
        quotation.buyer.user,
        kind="quotation_answered",
        context={"number": quotation.number, "seller": quotation.partner.name, "state": quotation.state},
        at=at,
        key=f"quotation-answered:{quotation.pk}:{at.isoformat()}",
        url=reverse("trade:quotation", args=[quotation.number]),
    )
