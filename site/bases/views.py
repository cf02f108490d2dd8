"""The bases of a county, and one base."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bases.charts import DayChart, day_chart
from bases.queries import HourlyMeans, base_cards, base_record, is_heard
from telemetry.live.metric_faces import Face, faces
from telemetry.models import Base, Device

DERIVED = {"wind_force"}  # a scale of the wind speed


@require_safe
def base_list(request: HttpRequest) -> HttpResponse:
    """Show the bases of this county."""
    title = _("Where it grows")
    context = {
        "title": title,
        "trail": [(title, "")],
        "description": _("Fields and workshops, and what their stations measure right now."),
        "cards": base_cards(getattr(request, "region", None), now=timezone.now()),
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
        "devices": _devices(base, now=now),
        "record": record,
        "charts": _charts(record.hours, now=now),
    }
    return render(request, "bases/detail.html", context)


def _charts(hours: dict[str, HourlyMeans], *, now: datetime) -> list[tuple[Face, DayChart]]:
    shown = (face for face in faces(on=now.date()) if not face.is_circular and face.key not in DERIVED)
    drawn = ((face, day_chart(hours.get(face.key, {}), until=now)) for face in shown)
    return [(face, chart) for face, chart in drawn if chart]


def _devices(base: Base, *, now: datetime) -> list[tuple[Device, bool]]:
    """Return the devices in use and whether each is heard now. 1 query."""
    devices = base.devices.filter(is_active=True).order_by("device_id")
    return [(device, is_heard(device, now=now)) for device in devices]
