"""What the worker does for the settlement."""

from datetime import date, timedelta

from django.utils import timezone
from django_tasks import task

from shop.settlement.models import Statement
from shop.settlement.monthly import draw_month


@task()
def draw_last_month() -> None:
    """Draw up the month that is over, once it is; what was drawn up already is left to the office."""
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    first = date(last.year, last.month, 1)
    if not Statement.objects.filter(first=first).exists():
        draw_month(first=first, last=last, at=timezone.now(), by=None)
