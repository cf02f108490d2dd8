"""`{% season_part batch product record %}`: the season of a batch. `{% load season %}`."""

from datetime import date

from django import template
from django.utils.dateformat import format as formatted
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from brand.models import Product
from record import season
from record.models import Batch
from record.timeline import BatchRecord
from telemetry.live.metric_faces import Face

register = template.Library()


@register.simple_tag
def season_part(batch: Batch, product: Product, record: BatchRecord) -> SafeString:
    """Show the weather between planting and harvest."""
    return season.season_part(batch, product, record.entries)


@register.filter
def shown(value: float | None, face: Face) -> str:
    """Write a value with the decimals of its metric."""
    return "" if value is None else face.text(value)


@register.filter
def whole(value: float) -> str:
    """Write a number without decimals, thousands apart."""
    return f"{value:,.0f}"


@register.filter
def month_name(day: date) -> str:
    """Return the month as an axis names it."""
    return formatted(day, "M") if (get_language() or "").startswith("en") else f"{day.month} 月"
