"""Background work of telemetry; the worker's schedule calls it."""

from datetime import UTC, datetime

from django.conf import settings
from django_tasks import task

from telemetry.models import DirtyHour
from telemetry.retention import keep_days
from telemetry.rollups import roll_up_dirty_hours

RUNNING_HOURS = 50  # of devices; more are left until they are over, so that every reading is read once


@task()
def roll_up_readings() -> None:
    """Bring the hourly readings up to date: the hours that are over, the running ones while they are few."""
    roll_up_dirty_hours(before=datetime.now(UTC))
    if DirtyHour.objects.count() <= RUNNING_HOURS:
        roll_up_dirty_hours()


@task()
def prune_old_readings() -> None:
    """Delete the readings of single moments older than they are kept, where that is set."""
    keep_days(days=settings.READINGS_KEPT_DAYS, at=datetime.now(UTC))
