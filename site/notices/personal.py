"""What notices hold about a person: for the data export and for deletion."""

from datetime import datetime
from typing import Any

from notices.models import Notice


def export(user: Any) -> dict[str, Any]:
    """Return the messages sent to this person."""
    fields = ("kind", "channel", "address", "subject", "text", "state", "created_at", "sent_at", "read_at")
    return {"messages": list(Notice.objects.filter(user=user).values(*fields))}


def keeps(user: Any) -> list[str]:
    """Return what stays after deletion: nothing."""
    return []


def erase(*, user: Any, at: datetime) -> None:
    """Delete the messages sent to this person."""
    Notice.objects.filter(user=user).delete()
