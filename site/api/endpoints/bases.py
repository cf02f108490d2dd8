"""Bases, their devices and what those measured: read by everybody."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from api.callers import limit as limit_calls
from api.links import page
from api.measured import Span, means, moments, read_span
from api.paging import cut, next_page, whole_number
from api.problems import Problem
from api.schemas.bases import (
    BaseDetailOut,
    BaseOut,
    BasesOut,
    DeviceOut,
    MeansOut,
    MetricOut,
    MetricsOut,
    ReadingsOut,
)
from api.schemas.problem import PROBLEMS, ProblemOut
from telemetry.models import Base, Metric
from telemetry.queries import DeviceState, latest

router = Router(tags=["bases"])
metrics = Router(tags=["bases"])
READS_A_MINUTE = 120
MOST_ROWS = 1_000
Rows = Annotated[int, Query(ge=1, le=MOST_ROWS)]


@router.get("", response={200: BasesOut, PROBLEMS: ProblemOut}, url_name="bases")
def list_bases(
    request: HttpRequest,
    response: HttpResponse,
    *,
    region: str = "",
    after: str = "0",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> BasesOut:
    """List bases, of one county if asked."""
    found = Base.objects.select_related("region").filter(pk__gt=whole_number(after)).order_by("pk")
    if region:
        found = found.filter(region__slug=region)
    bases, more = cut(found[: limit + 1], limit)
    following = next_page(request, response, bases[-1].pk) if more else None
    return BasesOut(items=[BaseOut(**_base(base)) for base in bases], next=following)


@router.get("/{slug}", response={200: BaseDetailOut, PROBLEMS: ProblemOut}, url_name="base")
def read_base(request: HttpRequest, slug: str) -> BaseDetailOut:
    """Read one base with the newest values of its devices."""
    base = _named(slug)
    devices = [_device(state) for state in latest(base)]
    return BaseDetailOut(**_base(base), about=base.about, devices=devices)


@router.get("/{slug}/readings", response={200: ReadingsOut, PROBLEMS: ProblemOut}, url_name="base-readings")
def list_readings(
    request: HttpRequest,
    response: HttpResponse,
    *,
    slug: str,
    span: Query[Span],
    limit: Rows = MOST_ROWS,
    after: str = "",
) -> ReadingsOut:
    """List what was measured moment by moment: up to 31 days at a time, the last day unless asked."""
    limit_calls(request, "readings", most=READS_A_MINUTE)
    found, following = moments(_named(slug), read_span(span, days=31), after=after, limit=limit)
    return ReadingsOut(items=found, next=next_page(request, response, following) if following else None)


@router.get("/{slug}/means", response={200: MeansOut, PROBLEMS: ProblemOut}, url_name="base-means")
def list_means(
    request: HttpRequest,
    response: HttpResponse,
    *,
    slug: str,
    span: Query[Span],
    by: Annotated[str, Query(pattern="^(hour|day)$")] = "hour",
    limit: Rows = MOST_ROWS,
    after: str = "",
) -> MeansOut:
    """List means with lowest and highest, by hour (up to a year at a time) or by day (up to ten)."""
    limit_calls(request, "readings", most=READS_A_MINUTE)
    within = read_span(span, days=366 if by == "hour" else 3_660)
    found, following = means(_named(slug), within, by=by, after=after, limit=limit)
    return MeansOut(items=found, next=next_page(request, response, following) if following else None)


@metrics.get("", response={200: MetricsOut}, url_name="metrics")
def list_metrics(request: HttpRequest) -> MetricsOut:
    """List what is measured, with the units of all values of this API."""
    found = Metric.objects.filter(is_public=True)
    names = ("key", "name", "name_en", "unit", "decimals")
    return MetricsOut(items=[MetricOut(**row) for row in found.values(*names)])


def _named(slug: str) -> Base:
    base = Base.objects.select_related("region").filter(slug=slug).first()
    if base is None:
        raise Problem(404, "no_such_base", _("There is no base with that name."))
    return base


def _base(base: Base) -> dict[str, Any]:
    plain = ("slug", "name", "place", "crops", "area_mu", "latitude", "longitude")
    url = page("bases:detail", base.slug)
    return {name: getattr(base, name) for name in plain} | {"region": base.region.slug, "url": url}


def _device(state: DeviceState) -> DeviceOut:
    return DeviceOut(
        id=state.device.device_id,
        name=state.device.name,
        online=state.online,
        last_seen=state.last_seen,
        at=state.at,
        values=dict(state.values),
    )
