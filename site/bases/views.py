"""The bases of a county, and one base."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bases.charts import DayChart, day_chart
from bases.queries import HourlyMeans, base_cards, base_record
from telemetry.models import Base, Metric

NOT_A_LINE = {"wind_direction", "wind_force"}  # an angle, and a scale derived from the speed


@require_safe
def base_list(request: HttpRequest) -> HttpResponse:
    """Show the bases of this county."""
    title = _("Where it grows")
    context = {
        "title": title,
        "trail": [(title, "")],
        "description": _("Fields and workshops, and what their stations measure right now."),
        "cards": base_cards(getattr(request, "region", None)),
    }
    return render(request, "bases/list.html", context)


@require_safe
def base_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one base with its live readings, in the colours of its own county."""
    base = get_object_or_404(Base.objects.select_related("region__site", "image"), slug=slug)
    now = timezone.localtime()
    record = base_record(base, on=now.date(), now=now)
    context = {
        "title": base.name,
        "trail": [(_("Where it grows"), reverse("bases:list")), (base.name, "")],
        "description": _("%(base)s: live readings, what grows there, and its latest batches.")
        % {"base": base},
        "region": base.region,
        "base": base,
        "devices": list(base.devices.filter(is_active=True).select_related("model").order_by("device_id")),
        "record": record,
        "charts": _charts(record.hours, now=now),
    }
    return render(request, "bases/detail.html", context)


def _charts(hours: dict[str, HourlyMeans], *, now: datetime) -> list[tuple[Metric, DayChart]]:
    metrics = (
        Metric.objects.filter(is_public=True, key__in=hours).exclude(key__in=NOT_A_LINE) if hours else []
    )
    drawn = ((metric, day_chart(hours[metric.key], until=now)) for metric in metrics)
    return [(metric, chart) for metric, chart in drawn if chart]
