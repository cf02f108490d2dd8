"""Changing a plan: moved to another day, given to somebody else, taken off the calendar.

Two editors look at one calendar. Whoever changes a plan says which version they saw; the row is changed
only if it is still that one, so the second is told what the first did and overwrites nothing.
"""

from datetime import datetime
from typing import Any

from django.db.models import F

from accounts.models import User
from news.models import Plan
from news.planning.adding import refuse_past
from news.planning.refusals import ChangedMeanwhile, PlanGone, PlanRefused


def change_plan(*, plan: Plan, seen: int, by: User, at: datetime, **facts: Any) -> Plan:
    """Change the fields named in `facts`; `seen` is the version the editor looked at. Return it as it is now.

    Raises:
        ChangedMeanwhile: somebody else changed it since; nothing is changed.
        PlanGone: somebody else took it off the calendar.
        PlanRefused: it is moved to a day that is over.
    """
    day = facts.get("planned_on", plan.planned_on)
    if day != plan.planned_on:
        refuse_past(day, at=at)
    rows = Plan.objects.filter(pk=plan.pk, version=seen)
    if not rows.update(**facts, version=F("version") + 1, changed_by=by, changed_at=at):
        raise _lost(plan)
    return Plan.objects.select_related("region", "author", "changed_by").get(pk=plan.pk)


def drop_plan(*, plan: Plan, seen: int) -> None:
    """Take a plan off the calendar; a post written for it stays.

    Raises:
        ChangedMeanwhile: somebody else changed it since; nothing is changed.
        PlanGone: somebody else was first.
    """
    deleted, _rows = Plan.objects.filter(pk=plan.pk, version=seen).delete()
    if not deleted:
        raise _lost(plan)


def _lost(plan: Plan) -> PlanRefused:
    """Return what the second of two is told."""
    now = Plan.objects.select_related("changed_by").filter(pk=plan.pk).first()
    return ChangedMeanwhile(now) if now is not None else PlanGone()
