"""What telemetry holds about a person: whom an alert rule tells. For the data export and for deletion."""

from datetime import datetime
from typing import Any

from telemetry.models import AlertRule


def export(user: Any) -> dict[str, Any]:
    """Return the alert rules that tell this person."""
    return {"alert_rules": list(AlertRule.objects.filter(recipients=user).values_list("name", flat=True))}


def keeps(user: Any) -> list[str]:
    """Return what stays after deletion: nothing."""
    return []


def erase(*, user: Any, at: datetime) -> None:
    """Take this person off the alert rules."""
    AlertRule.recipients.through.objects.filter(user_id=user.pk).delete()
