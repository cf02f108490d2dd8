"""Sign-ups of one person: taken along, or erased with the account."""

from datetime import datetime
from typing import Any

from accounts.models import User
from brand.activities.places import cancel
from brand.activities.refusals import NothingToCancel
from brand.activities.sign_ups import SignUp

_FACTS = ("activity__title", "activity__starts_at", "name", "phone", "state", "signed_up_at", "checked_in_at")


def export(user: User) -> list[dict[str, Any]]:
    """Return what the person signed up for. One query."""
    return list(SignUp.objects.filter(user=user).values(*_FACTS))


def erase(*, user: User, at: datetime) -> None:
    """Give up the places of the person and take name, phone and account out of all their sign-ups."""
    coming = SignUp.objects.live().filter(user=user, activity__starts_at__gt=at).select_related("activity")
    for each in coming:
        try:
            cancel(sign_up=each, at=at)
        except NothingToCancel:
            continue  # checked in already, before it began
    SignUp.objects.filter(user=user).update(user=None, name="", phone="")
