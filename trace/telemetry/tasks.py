"""Background work of telemetry; the worker's schedule calls it."""

from datetime import UTC, datetime

from django.conf import settings
from django_tasks import task

from telemetry.alerts.tell import tell_of_alerts
from telemetry.alerts.watch import look_after_devices
from telemetry.cameras.rounds import fetch_due_snapshots
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


@task()
def look_after() -> None:
    """Open and close alerts of devices and cameras, and tell whom it concerns."""
    at = datetime.now(UTC)
    look_after_devices(at=at)
    tell_of_alerts(at=at)


@task()
def fetch_snapshots() -> None:
    """Fetch the pictures of the cameras whose time has come."""
    fetch_due_snapshots(at=datetime.now(UTC))
