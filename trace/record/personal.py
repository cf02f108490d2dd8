"""What the record holds about a person: for the data export and for deletion."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from record.erasure import erase_people, events_naming
from record.models import Event


def export(user: User) -> dict[str, Any]:
    """Return the events the person recorded."""
    rows = Event.objects.filter(recorded_by=user).order_by("recorded_at")
    names = ("title", "at", "recorded_at", "place", "actor", "attested_by")
    return {
        "recorded_events": [
            {"batch": row.pop("batch__lot"), **row} for row in rows.values("batch__lot", *names)
        ]
    }


def keeps(user: User) -> list[str]:
    """Return what stays after deletion: the events, without the name."""
    count = Event.objects.filter(recorded_by=user).count()
    if not count:
        return []
    sentence = ngettext(
        "%(count)d event you recorded stays in the record of its batch, without your name.",
        "%(count)d events you recorded stay in the record of their batches, without your name.",
        count,
    )
    return [sentence % {"count": count}]


def erase(*, user: User, at: datetime) -> None:
    """Take the person's own name out of the events they recorded."""
    for name in {f"{user.last_name}{user.first_name}", user.get_full_name()} - {""}:
        mine = events_naming(name).filter(recorded_by=user)
        erase_people(events=list(mine), reason=_("The account was deleted."), at=at, by=None)
