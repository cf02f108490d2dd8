"""What a rule finds now, for each kind of rule: one query, two where readings decide.

A device of which nothing can be said (it is silent, so its temperature is not known) is neither found nor
cleared: an alert about it stays open.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, FloatField, Max, Min, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from telemetry.models import AlertRule, Camera, Device, Reading, UnreadableMessage

Subject = tuple[int | None, int | None, str]  # keys of device and camera, one of them; metric


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule applies: to which device or camera, and what was seen."""

    device: int | None = None
    camera: int | None = None
    metric: str = ""
    value: float | None = None
    count: int | None = None
    heard_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """What an alert is about; there is one open alert of a rule for each."""
        return self.device, self.camera, self.metric


@dataclass(frozen=True, slots=True)
class Findings:
    """What a rule applies to, and of what nothing can be said."""

    found: list[Finding]
    unknown: set[Subject] = field(default_factory=set)


def findings(rule: AlertRule, *, at: datetime, open_now: set[Subject]) -> Findings:
    """Return what the rule finds. `open_now` are the subjects of its open alerts."""
    return _KINDS[AlertRule.Kind(rule.kind)](rule, at, open_now)


def devices_of(rule: AlertRule) -> QuerySet[Device]:
    """Return the devices in use that the rule is about."""
    narrowed = {"pk": rule.device_id, "base": rule.base_id, "base__region": rule.region_id}
    given = {name: key for name, key in narrowed.items() if key is not None}
    return Device.objects.filter(is_active=True, **given)


def cameras_of(rule: AlertRule) -> QuerySet[Camera]:
    """Return the cameras in use that the rule is about: none of a rule for one device."""
    narrowed = {"base": rule.base_id, "base__region": rule.region_id}
    given = {name: key for name, key in narrowed.items() if key is not None}
    cameras = Camera.objects.filter(is_active=True, **given)
    return cameras.none() if rule.device_id else cameras


def _silent(rule: AlertRule, at: datetime, open_now: set[Subject]) -> Findings:
    """Find devices last heard too long ago; one that was never heard is not installed yet."""
    before = at - timedelta(minutes=rule.minutes)
    gone = devices_of(rule).filter(last_seen__lt=before).values_list("pk", "last_seen")
    return Findings([Finding(device=pk, heard_at=heard) for pk, heard in gone])


def _out_of_range(rule: AlertRule, at: datetime, open_now: set[Subject]) -> Findings:
    """Find devices of which several messages had values that are no measurements."""
    key = rule.metric.key if rule.metric else ""
    messages = UnreadableMessage.objects.filter(
        received_at__gt=at - timedelta(minutes=rule.minutes),
        received_at__lte=at,
        out_of_range__contains=f",{key}," if key else ",",
    )
    counted = messages.order_by().values_list("device_id").annotate(count=Count("pk"))
    often = dict(counted.filter(count__gte=rule.times))
    devices = devices_of(rule).filter(device_id__in=often).values_list("pk", "device_id")
    return Findings([Finding(device=pk, metric=key, count=often[name]) for pk, name in devices])


def _beyond(rule: AlertRule, at: datetime, open_now: set[Subject]) -> Findings:
    """Find devices whose every reading of the last minutes was beyond the value.

    Readings have to cover the time: from its beginning, give or take a device's silence. An open alert
    ends with the first reading on this side of the value.
    """
    assert rule.metric is not None and rule.value is not None  # noqa: S101 - a constraint of the table
    seen = _extremes(rule, rule.metric.key, at)
    found, unknown = [], set()
    for pk, silent_after in devices_of(rule).values_list("pk", "silent_after"):
        finding = Finding(device=pk, metric=rule.metric.key)
        if pk not in seen:
            unknown.add(finding.subject)
            continue
        row = seen[pk]
        covered = row["first"] <= at - timedelta(minutes=rule.minutes) + timedelta(minutes=silent_after)
        if covered and _is_beyond(rule, row["nearest"]):
            found.append(Finding(device=pk, metric=rule.metric.key, value=row["farthest"]))
        elif finding.subject in open_now and _newest_is_beyond(rule, pk, rule.metric.key, at):
            unknown.add(finding.subject)
    return Findings(found, unknown)


def _extremes(rule: AlertRule, key: str, at: datetime) -> dict[int, dict[str, Any]]:
    """Return by device when it measured first in that time, and its values nearest to and farthest from
    what is right.
    """
    measured = Cast(KeyTextTransform(key, "values"), FloatField())
    nearest, farthest = (Min, Max) if rule.kind == AlertRule.Kind.ABOVE else (Max, Min)
    rows = (
        Reading.objects.filter(
            device__in=devices_of(rule),
            at__gt=at - timedelta(minutes=rule.minutes),
            at__lte=at,
            values__has_key=key,
        )
        .order_by()
        .values("device_id")
        .annotate(first=Min("at"), nearest=nearest(measured), farthest=farthest(measured))
    )
    return {row["device_id"]: dict(row) for row in rows}


def _is_beyond(rule: AlertRule, value: float) -> bool:
    limit = rule.value or 0.0
    return value > limit if rule.kind == AlertRule.Kind.ABOVE else value < limit


def _newest_is_beyond(rule: AlertRule, device: int, key: str, at: datetime) -> bool:
    readings = Reading.objects.filter(device_id=device, at__lte=at, values__has_key=key)
    newest = readings.order_by("-at").values_list("values", flat=True).first()
    return newest is not None and _is_beyond(rule, newest[key])


def _camera(rule: AlertRule, at: datetime, open_now: set[Subject]) -> Findings:
    """Find cameras whose newest picture is too old; one that never sent any is not installed yet."""
    before = at - timedelta(minutes=rule.minutes)
    stale = cameras_of(rule).filter(Q(latest__taken_at__lt=before))
    rows = stale.annotate(taken=F("latest__taken_at")).values_list("pk", "taken")
    return Findings([Finding(camera=pk, heard_at=taken) for pk, taken in rows])


_KINDS: dict[AlertRule.Kind, Callable[[AlertRule, datetime, set[Subject]], Findings]] = {
    AlertRule.Kind.SILENT: _silent,
    AlertRule.Kind.OUT_OF_RANGE: _out_of_range,
    AlertRule.Kind.ABOVE: _beyond,
    AlertRule.Kind.BELOW: _beyond,
    AlertRule.Kind.CAMERA: _camera,
}
