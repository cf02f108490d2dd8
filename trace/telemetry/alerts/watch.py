"""Opening and closing alerts: each begins once and ends once, whoever else is looking at the same time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from telemetry.alerts.findings import Finding, Subject, findings
from telemetry.models import Alert, AlertRule


@dataclass(frozen=True, slots=True)
class Watched:
    """How many alerts a look opened and closed."""

    opened: int
    closed: int


def look_after_devices(*, at: datetime) -> Watched:
    """Compare every rule in use with what is now: open what is new, close what is over.

    Alerts of a rule that was switched off are closed too.
    """
    open_now = _open_alerts()
    opened = closed = 0
    for rule in AlertRule.objects.filter(is_active=True).select_related("metric"):
        mine = open_now.pop(rule.pk, {})
        found = findings(rule, at=at, open_now=set(mine))
        opened += sum(_open(rule, finding, at) for finding in found.found if finding.subject not in mine)
        lasting = {finding.subject for finding in found.found} | found.unknown
        closed += _close((pk for subject, pk in mine.items() if subject not in lasting), at)
    for left in open_now.values():
        closed += _close(left.values(), at)
    return Watched(opened, closed)


def _open_alerts() -> dict[int, dict[Subject, int]]:
    """Return the keys of the open alerts by rule and subject. One query."""
    rows = Alert.objects.filter(closed_at=None).values_list(
        "rule_id", "device_id", "camera_id", "metric", "pk"
    )
    alerts: dict[int, dict[Subject, int]] = defaultdict(dict)
    for rule, device, camera, metric, pk in rows.order_by():
        alerts[rule][device, camera, metric] = pk
    return alerts


def _open(rule: AlertRule, finding: Finding, at: datetime) -> bool:
    """Open an alert; of two who found the same at once, the constraint of the table lets one through."""
    try:
        with transaction.atomic():
            Alert.objects.create(
                rule=rule,
                device_id=finding.device,
                camera_id=finding.camera,
                metric=finding.metric,
                value=finding.value,
                count=finding.count,
                heard_at=finding.heard_at,
                opened_at=at,
            )
    except IntegrityError:
        return False
    return True


def _close(pks: Iterable[int], at: datetime) -> int:
    """Close alerts that are still open (compare-and-set) and return how many were."""
    return Alert.objects.filter(pk__in=list(pks), closed_at=None).update(closed_at=at)
