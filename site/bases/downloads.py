"""`/bases/<slug>/readings.csv`: readings to take away, streamed, so many times an hour and visitor."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bases.forms import DownloadForm
from lib.guessing import Guesses
from telemetry.downloads import Step, csv_lines
from telemetry.live.metric_faces import faces
from telemetry.models import Base

# a download reads up to a month of single readings: what a person needs, not a copy of everything
TAKEN = Guesses("bases.downloads", allowed=30, window=600)


def download_form(query: dict[str, str] | None = None) -> DownloadForm:
    """Return the form, filled in from the address where there is any."""
    today = timezone.localdate()
    return DownloadForm(query, faces=faces(on=today), today=today)


@never_cache
@require_safe
def readings_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Stream what is asked for; say in words what cannot be."""
    base = get_object_or_404(Base.objects.select_related("region__site"), slug=slug)
    visitor = TAKEN.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.now())
    if TAKEN.used_up(visitor):
        return _refused(request, base, download_form(), status=429)
    form = download_form(request.GET.dict() or {})
    if not form.is_valid():
        return _refused(request, base, form, status=400)
    TAKEN.note(visitor)
    step, first, last = (form.cleaned_data[name] for name in ("step", "first", "last"))
    lines = csv_lines(base=base, metrics=form.metrics, step=Step(step), first=first, last=last)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = "-".join([base.slug, form.cleaned_data["metric"] or "all", f"{first}", f"{last}", step])
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _refused(request: HttpRequest, base: Base, form: DownloadForm, *, status: int) -> HttpResponse:
    title = _("Take the readings along")
    trail = [
        (_("Where it grows"), reverse("bases:list")),
        (base.name, reverse("bases:detail", args=[base.slug])),
    ]
    context = {
        "title": title,
        "trail": [*trail, (title, "")],
        "region": base.region,
        "base": base,
        "download": form,
        "is_too_often": status == 429,
    }
    return render(request, "bases/download.html", context, status=status)
