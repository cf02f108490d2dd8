"""Reads of readings and means for the API: by index, a page at a time, public metrics only."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema
from pydantic import AwareDatetime

from api.paging import bad_after, cut
from api.problems import Problem
from api.schemas.bases import MeanOut, ReadingOut
from telemetry.models import Base, DailyReading, HourlyReading, Reading
from telemetry.vocabulary import current_vocabulary

DAY = timedelta(days=1)


class Span(Schema):
    """From when to when (not including), and of which device or metric."""

    begins: Annotated[AwareDatetime | None, Field(alias="from")] = None
    ends: Annotated[AwareDatetime | None, Field(alias="to")] = None
    device: str = ""
    metric: str = ""


class Within(NamedTuple):
    """A span that is complete and not too long."""

    begins: datetime
    ends: datetime
    device: str
    metrics: list[str]


def read_span(span: Span, *, days: int) -> Within:
    """Return the span with what was left out: until now, the day before.

    Raises:
        Problem: it is empty or too long, or nobody knows the metric.
    """
    ends = span.ends or timezone.now()
    begins = span.begins or ends - DAY
    if not begins < ends <= begins + timedelta(days=days):
        detail = _("“from” comes before “to”, and they are at most {days} days apart.")
        raise Problem(422, "bad_span", str(detail).format(days=days))
    public = current_vocabulary().public_keys
    if span.metric and span.metric not in public:
        raise Problem(422, "no_such_metric", _("There is no metric with that key."))
    return Within(begins, ends, span.device, [span.metric] if span.metric else list(public))


def moments(base: Base, within: Within, *, after: str, limit: int) -> tuple[list[ReadingOut], str]:
    """Return readings by device and time, and where the next page begins. Two queries."""
    devices = _devices(base, within)
    found = Reading.objects.filter(device_id__in=devices, at__gte=within.begins, at__lt=within.ends)
    if after:
        device, at = _place(after)
        found = found.filter(Q(device_id__gt=device) | Q(device_id=device, at__gt=at))
    rows = found.order_by("device_id", "at").values_list("device_id", "at", "values")
    page, more = cut(rows[: limit + 1], limit)
    wanted = set(within.metrics)
    items = [
        ReadingOut(device=devices[pk], at=at, values={key: values[key] for key in values if key in wanted})
        for pk, at, values in page
    ]
    return [item for item in items if item.values], _after(*page[-1][:2]) if more else ""


def means(base: Base, within: Within, *, by: str, after: str, limit: int) -> tuple[list[MeanOut], str]:
    """Return hours or days by device, metric and time, and where the next page begins. Two queries."""
    devices = _devices(base, within)
    table: Any = HourlyReading if by == "hour" else DailyReading
    first, last = _edges(within, by)
    found = table.objects.filter(
        device__in=devices, metric__in=within.metrics, **{f"{by}__gte": first, f"{by}__lt": last}
    )
    if after:
        device, metric, begins = _place_of_mean(after, by)
        found = found.filter(
            Q(device__gt=device)
            | Q(device=device, metric__gt=metric)
            | Q(device=device, metric=metric, **{f"{by}__gt": begins})
        )
    rows = found.order_by("device", "metric", by)
    columns = ("device_id", "metric", by, "count", "mean", "min", "max")
    page, more = cut(rows.values_list(*columns)[: limit + 1], limit)
    names = ("metric", "begins", "count", "mean", "min", "max")
    items = [MeanOut(device=devices[pk], **dict(zip(names, rest, strict=True))) for pk, *rest in page]
    return items, ":".join(map(str, [*page[-1][:2], _text(page[-1][2])])) if more else ""


def _edges(within: Within, by: str) -> tuple[datetime | date, datetime | date]:
    """Return the span as the table keeps its times; a day that began before `to` is in it."""
    if by == "hour":
        return within.begins, within.ends
    last = timezone.localtime(within.ends - timedelta(microseconds=1)).date()
    return timezone.localtime(within.begins).date(), last + DAY


def _devices(base: Base, within: Within) -> dict[int, str]:
    found = base.devices.filter(is_active=True).values_list("pk", "device_id")
    devices = {pk: device_id for pk, device_id in found if within.device in {"", device_id}}
    if within.device and not devices:
        raise Problem(404, "no_such_device", _("The base has no such device in use."))
    return devices


def _after(device: int, at: datetime) -> str:
    return f"{device}:{_text(at)}"


def _text(begins: datetime | date) -> str:
    if isinstance(begins, datetime):
        return str(round(begins.astimezone(UTC).timestamp() * 1_000_000))
    return begins.isoformat()


def _place(after: str) -> tuple[int, datetime]:
    device, _colon, at = after.partition(":")
    try:
        return _key(device), _moment(at)
    except (ValueError, OverflowError) as error:
        raise bad_after() from error


def _place_of_mean(after: str, by: str) -> tuple[int, str, datetime | date]:
    try:
        device, metric, begins = after.split(":")
        return _key(device), metric, _moment(begins) if by == "hour" else date.fromisoformat(begins)
    except (ValueError, OverflowError) as error:
        raise bad_after() from error


def _key(device: str) -> int:
    key = int(device)
    if not 0 < key < 2**63:
        raise ValueError(device)
    return key


def _moment(microseconds: str) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(microseconds))
