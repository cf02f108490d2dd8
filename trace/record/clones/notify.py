"""Telling operators of clone alerts: once for each product and day, however many of its codes are copied."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from record.models import CloneAlert
from record.operators import tell_operators


def notify_operators(*, alert: CloneAlert, at: datetime) -> None:
    """Put a notice into the inbox of everybody who decides on alerts."""
    product = alert.code.product
    tell_operators(
        "record.change_clonealert",
        kind="clone_alert",
        context={"product": str(product), "sign": str(alert.get_rule_display()), "serial": alert.code.serial},
        url=reverse("record-clones:index"),
        key=f"clone.{timezone.localdate(at)}.{product.pk}",
        at=at,
    )
