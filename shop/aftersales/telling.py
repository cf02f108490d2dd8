"""Who hears of a claim: the seller of a new one, the buyer of an answer, the office of a dispute."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from shop.aftersales.models import Claim
from shop.telling import tell_buyer, tell_operators, tell_sellers


def tell_made(claim: Claim, *, at: datetime) -> None:
    """Tell whoever sells it of a new claim, with the time to answer."""
    _tell_seller(claim, "claim_made", at=at)


def tell_sent_back(claim: Claim, *, at: datetime) -> None:
    """Tell whoever sells it that goods are on their way back."""
    _tell_seller(claim, "claim_sent_back", at=at)


def tell_answer(claim: Claim, *, note: str, at: datetime) -> None:
    """Tell the buyer where the claim stands now, and what was said to it."""
    context = {**_facts(claim), "note": note}
    key = f"claim-answer:{claim.pk}:{claim.state}:{at.isoformat()}"
    tell_buyer(claim.line.order, kind="claim_answered", context=context, at=at, key=key)


def tell_office(claim: Claim, *, at: datetime) -> None:
    """Tell the operators of the hall that a claim waits for their decision."""
    tell_operators(
        kind="claim_disputed",
        context=_facts(claim),
        at=at,
        key=f"claim-office:{claim.pk}:{at.isoformat()}",
        url=reverse("shop-claim:claim", args=[claim.pk]),
    )


def _tell_seller(claim: Claim, kind: str, *, at: datetime) -> None:
    tell_sellers(
        [claim.line.partner],
        kind=kind,
        context=_facts(claim),
        at=at,
        key=f"{kind}:{claim.pk}",
        url=reverse("shop-desk:claim", args=[claim.number]),
    )


def _facts(claim: Claim) -> dict[str, Any]:
    until = f"{timezone.localtime(claim.due_at):%Y-%m-%d %H:%M}" if claim.due_at else ""
    return {
        "claim": claim.number,
        "title": claim.line.title,
        "asks": str(claim.get_kind_display()),
        "state": str(claim.get_state_display()),
        "until": until,
    }
