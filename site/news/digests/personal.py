"""Letters of the week that come to the confirmed address of an account: exported, erased with it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from news.models import Subscription


def export(user: User) -> dict[str, Any]:
    """Return what this person subscribed to."""
    facts = ("region__name", "email", "asked_at", "confirmed_at")
    return {"letters": list(_of(user).values(*facts))}


def keeps(user: User) -> list[str]:
    """Return what stays after deletion: nothing."""
    return []


def erase(*, user: User, at: datetime) -> None:
    """Forget the address."""
    _of(user).delete()


def _of(user: User) -> QuerySet[Subscription]:
    """Return the subscriptions of addresses that are known to be theirs: an account may claim any other."""
    mine = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    return Subscription.objects.filter(email__in=[email.lower() for email in mine])
