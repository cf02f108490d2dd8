"""`{% season_part batch product record %}`: the season of a batch. `{% load season %}`."""

from datetime import date

from django import template
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.dateformat import format as formatted
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from brand.models import Product
from lib.dates import day
from record import season
from record.clips import clips_of_batch
from record.models import Batch
from record.season import SeasonRecord
from record.season_chart import LEFT, RIGHT, SeasonChart
from record.timeline import BatchRecord
from telemetry.live.metric_faces import Face
from telemetry.seasons import Course

register = template.Library()
FILMS_KEPT_SECONDS = 3600


@register.simple_tag
def season_part(batch: Batch, product: Product, record: BatchRecord) -> SafeString:
    """Show the weather between planting and harvest."""
    return season.season_part(batch, product, record.entries)


@register.simple_tag
def films(batch: Batch) -> SafeString:
    """Show the films of a batch and its season. One query, none while the version of the batch is known."""
    key = f"record.films:{batch.pk}:{batch.lot}:{batch.version}:{get_language()}"
    kept: str | None = cache.get(key)
    if kept is None:
        clips = clips_of_batch(batch)
        kept = render_to_string("record/parts/clips.html", {"clips": clips}) if clips else ""
        cache.set(key, kept, FILMS_KEPT_SECONDS)
    return mark_safe(kept)  # noqa: S308 - our own template rendered it


@register.filter
def shown(value: float | None, face: Face) -> str:
    """Write a value with the decimals of its metric."""
    return "" if value is None else face.text(value)


@register.filter
def drawing(chart: SeasonChart) -> SafeString:
    """Draw a chart: levels, bands, gaps, lines, numbers of events, months. One node instead of a hundred."""
    top = chart.levels[-1][1]
    parts = [
        f'<path class="g" d="M{LEFT} {y:.0f}H{RIGHT}"/>'
        f'<text x="26" y="{y + 4:.0f}" text-anchor="end">{level}{"℃" if level == top else ""}</text>'
        for y, level in chart.levels
    ]
    parts += [f'<polygon class="a" points="{points}"/>' for points in chart.bands]
    parts += [f'<polyline class="gap" points="{points}"/>' for points in chart.gaps]
    parts += [f'<polyline class="l" points="{points}"/>' for points in chart.lines]
    parts += [
        f'<path class="stem" d="M{mark.x:.0f} 28V186"/>'
        f'<circle class="mark" cx="{mark.x:.0f}" cy="18" r="9.5"/>'
        f'<text x="{mark.x:.0f}" y="22">{mark.number}</text>'
        for mark in chart.marks
    ]
    parts += [
        f'<text x="{x:.0f}" y="204" text-anchor="middle">{month_name(month)}</text>'
        for x, month in chart.months
    ]
    return SafeString("".join(parts))  # numbers and names of months, nothing that was typed


@register.filter
def marks(chart: SeasonChart) -> SafeString:
    """List what the numbers in the chart stand for."""
    return format_html_join("", "<li>{} {}</li>", ((mark.number, mark.label) for mark in chart.marks))


@register.filter
def course_rows(told: SeasonRecord) -> SafeString:
    """Return the lines of the table of means and extremes."""
    row = (
        '<tr><th scope="row">{}<br><span class="fine">{}</span></th><td class="n">{}</td>'
        '<td class="n">{}<br><span class="fine">{}</span></td>'
        '<td class="n">{}<br><span class="fine">{}</span></td></tr>'
    )
    return format_html_join("", row, (_cells(face, course) for face, course in told.courses))


def _cells(face: Face, course: Course) -> tuple[str, ...]:
    mean = shown(course.mean, face)
    lowest = face.text(course.lowest), day(course.lowest_on)
    return face.label, face.unit_label, mean, *lowest, face.text(course.highest), day(course.highest_on)


@register.filter
def whole(value: float) -> str:
    """Write a number without decimals, thousands apart."""
    return f"{value:,.0f}"


@register.filter
def month_name(month: date) -> str:
    """Return the month as an axis names it."""
    return formatted(month, "M") if (get_language() or "").startswith("en") else f"{month.month} 月"
