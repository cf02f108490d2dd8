"""What the calendar holds about a person: posts they are to write. For the data export and for deletion."""

from datetime import datetime
from typing import Any

from accounts.models import User
from news.models import Plan


def export(user: User) -> dict[str, Any]:
    """Return the posts planned for this person."""
    plans = Plan.objects.filter(author=user).values("title", "planned_on", "channel", "note")
    return {"planned_posts": list(plans)}


def keeps(user: User) -> list[str]:
    """Return what stays after deletion: nothing that names them."""
    return []


def erase(*, user: User, at: datetime) -> None:
    """Let the person write nothing any more; the plans stay for others."""
    Plan.objects.filter(author=user).update(author=None)
    Plan.objects.filter(changed_by=user).update(changed_by=None)
