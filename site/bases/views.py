"""The bases of a county, and one base."""

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bases.climate import climate
from bases.downloads import download_form
from bases.periods import Period, season_start
from bases.queries import base_cards, base_record, is_heard
from bases.sights import sights
from changes import version
from record.clips import clips_of_base
from telemetry.models import Base, Device


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
    record = base_record(base, on=now.date())
    period = Period.of(request.GET.get("period", ""))
    since = season_start(record.grown, today=now.date())
    context = {
        "title": base.name,
        "trail": [(_("Where it grows"), reverse("bases:list")), (base.name, "")],
        "description": _("%(base)s: live readings, what grows there, and its latest batches.")
        % {"base": base},
        "region": base.region,
        "base": base,
        "devices": _devices(base, now=now),
        "record": record,
        "period": period,
        # called by the part of the page that is kept for a minute, when it is not
        "climate": partial(climate, base, period, now=now, since=since),
        "download": download_form(),
        "sights": partial(sights, base, now=now),
        "films": partial(clips_of_base, base),
        "seen": version.seen(),  # what is kept of them ends with the next change
    }
    return render(request, "bases/detail.html", context)


def _devices(base: Base, *, now: datetime) -> list[tuple[Device, bool]]:
    """Return the devices in use and whether each is heard now. 1 query."""
    devices = base.devices.filter(is_active=True).order_by("device_id")
    return [(device, is_heard(device, now=now)) for device in devices]
