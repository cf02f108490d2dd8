"""Words of the pages of the bases. `{% load bases %}`."""

from django import template
from django.utils.translation import gettext as _

from lib.dates import day
from telemetry.limits import Comparison, Limit
from telemetry.live.metric_faces import Face
from telemetry.models import MetricLimit

register = template.Library()


@register.filter
def in_metric(value: float | None, face: Face) -> str:
    """Write a value with the decimals of its metric."""
    return "" if value is None else face.text(value)


@register.filter
def level_name(limit: Limit) -> str:
    """Return what the standard calls the level of a limit."""
    if limit.level == "I":
        return _("level I")
    if limit.level == "II":
        return _("level II")
    return _("class {level}").format(level=limit.level) if limit.level else _("the limit")


@register.filter
def told_period(comparison: Comparison) -> str:
    """Return which day or night it is the mean of."""
    when = day(comparison.first)
    if comparison.period == MetricLimit.Period.NIGHT:
        return _("night of {day}, 22 to 6").format(day=when)
    if comparison.period == MetricLimit.Period.DAY:
        return _("{day}, 6 to 22").format(day=when)
    return _("{day}, 24 hours").format(day=when)
