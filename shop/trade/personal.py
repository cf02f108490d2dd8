"""What trade holds about a person: who speaks for which organisation. For export and deletion."""

from typing import Any

from accounts.models import User
from shop.trade.buyers import TradeBuyer


def export(user: User) -> dict[str, Any]:
    """Return the organisation the person buys for, with its quotations."""
    buyers = TradeBuyer.objects.filter(user=user)
    facts = buyers.values("name", "credit_code", "contact", "phone", "address", "wants", "state", "asked_at")
    asked = buyers.values("quotations__number", "quotations__asked_at").exclude(quotations=None)
    return {"trade_buyers": list(facts), "quotations": list(asked)}


def forget(user: User) -> None:
    """Take the person out; the organisation and its orders stay, without anybody to speak for it."""
    TradeBuyer.objects.filter(user=user).update(
        user=None, contact="", phone="", state=TradeBuyer.State.SUSPENDED
    )
