"""Words of parcels and orders in templates."""

from decimal import Decimal

from django import template

from record.codes.serials import grouped as groups
from shop.tracking.models import TrackingEvent
from shop.tracking.saying import said

register = template.Library()


@register.filter
def grouped(serial: str) -> str:
    """Return a serial as people read it: `7KQX M3RT W9HV 4CND`."""
    return groups(serial)


@register.filter
def yuan(amount: Decimal) -> str:
    """Return an amount as it is written everywhere: `¥39.80`, `−¥5.00`."""
    return f"{'−' if amount < 0 else ''}¥{abs(amount):.2f}"


@register.filter
def step_said(step: TrackingEvent) -> str:
    """Return what happened to a parcel, in the language of the page where the words are ours."""
    return said(step)
