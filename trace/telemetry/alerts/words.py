"""An alert in one sentence."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemetry.live.words import short_time
from telemetry.models import Alert, AlertRule, Metric


def subject_name(alert: Alert) -> str:
    """Return the device or camera with its name and base. Needs `device__base` and `camera__base`."""
    thing = alert.device or alert.camera
    if thing is None:
        return ""
    return f"{thing} {thing.name}".strip() + f" · {thing.base.name}"


def sentence(alert: Alert, *, at: datetime) -> str:
    """Return who it is about and what was seen."""
    return f"{subject_name(alert)} — {what_was_seen(alert, at=at)}"


def what_was_seen(alert: Alert, *, at: datetime) -> str:
    """Return what the rule found when the alert was opened."""
    rule = alert.rule
    if rule.kind in {AlertRule.Kind.SILENT, AlertRule.Kind.CAMERA}:
        last = short_time(alert.heard_at, now=at) if alert.heard_at else _("never")
        said = _("nothing heard since %(time)s") if alert.device_id else _("no picture since %(time)s")
        return said % {"time": last}
    if rule.kind == AlertRule.Kind.OUT_OF_RANGE:
        return _out_of_range(alert)
    return _beyond(alert)


def _out_of_range(alert: Alert) -> str:
    count = alert.count or 0
    said = ngettext(
        "%(count)d message with values out of range (%(metric)s)",
        "%(count)d messages with values out of range (%(metric)s)",
        count,
    )
    return said % {"count": count, "metric": _metric(alert.metric)[0] or _("any metric")}


def _beyond(alert: Alert) -> str:
    name, unit, decimals = _metric(alert.metric)
    above = alert.rule.kind == AlertRule.Kind.ABOVE
    said = (
        _("%(metric)s above %(limit)s %(unit)s for %(minutes)d minutes, up to %(value)s")
        if above
        else _("%(metric)s below %(limit)s %(unit)s for %(minutes)d minutes, down to %(value)s")
    )
    value = "—" if alert.value is None else f"{alert.value:.{decimals}f}"
    return said % {
        "metric": name,
        "limit": f"{alert.rule.value:g}",
        "unit": unit,
        "minutes": alert.rule.minutes,
        "value": value,
    }


def _metric(key: str) -> tuple[str, str, int]:
    metric = Metric.objects.filter(key=key).first() if key else None
    return (metric.label, metric.unit, metric.decimals) if metric else (key, "", 1)
