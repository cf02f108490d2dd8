"""Planned posts."""

from datetime import UTC, datetime
from typing import Any

from news.models import Plan

MADE = datetime(2026, 11, 20, 2, tzinfo=UTC)


def plan(region: Any, title: str = "最后一遍培土", *, planned_on: Any, **facts: Any) -> Plan:
    """Return a plan as the calendar would have made it."""
    return Plan.objects.create(region=region, title=title, planned_on=planned_on, changed_at=MADE, **facts)
