"""Applying: a restaurant or shop asks to see trade prices, and is looked at by an operator."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.models import Region
from shop.divisions.finding import find_place
from shop.telling import tell_operators
from shop.trade.buyers import TradeBuyer
from shop.trade.refusals import SettledAlready, TradeRefused

State = TradeBuyer.State


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks: as on the business licence, and where the goods go."""

    name: str
    kind: str
    credit_code: str
    contact: str
    phone: str
    address: str
    wants: str = ""


def apply(*, user: User, region: Region, applicant: Applicant, at: datetime) -> TradeBuyer:
    """Ask for trade prices; who was refused may ask again.

    Raises:
        TradeRefused: the address names no district, or the organisation has another account here.
        SettledAlready: this account asked already.
    """
    place = find_place(applicant.address)
    if place is None:
        raise TradeRefused(_("Write the address with province, city and county: the freight depends on it."))
    facts = {field: getattr(applicant, field) for field in Applicant.__dataclass_fields__}
    facts |= {"province": place[0].province, "city": place[0].city, "region": region}
    try:
        with transaction.atomic():
            buyer = _write(user, facts, at)
            record_act(buyer, "submitted", by=user, at=at)
            transaction.on_commit(lambda: _tell(buyer, at))
    except IntegrityError:
        # of two who send at once the constraint lets one through
        text = _("%(name)s asked already, from another account. Call the hall if that was not you.")
        raise TradeRefused(text % {"name": applicant.name}) from None
    return buyer


def _write(user: User, facts: dict[str, object], at: datetime) -> TradeBuyer:
    earlier = TradeBuyer.objects.select_for_update(of=("self",)).filter(user=user).first()
    if earlier is not None and earlier.state != State.REFUSED:
        raise SettledAlready(_("You asked already. The hall looks at it."))
    buyer, _new = TradeBuyer.objects.update_or_create(
        user=user, defaults={**facts, "state": State.ASKED, "asked_at": at, "decided_at": None, "reason": ""}
    )
    return buyer


def _tell(buyer: TradeBuyer, at: datetime) -> None:
    tell_operators(
        kind="trade_buyer_asked",
        context={"name": buyer.name, "kind": buyer.get_kind_display()},
        at=at,
        key=f"trade-buyer:{buyer.pk}:{at.isoformat()}",
        url=reverse("shop-trade-buyers:desk", args=[buyer.pk]),
    )
