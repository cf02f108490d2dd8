"""The round of the worker: from each camera whose time has come, its picture."""

import logging
from datetime import datetime, timedelta

from django.conf import settings

from lib.pictures import NotAPicture
from telemetry.cameras.fetch import NotFetched, fetch
from telemetry.cameras.snapshots import take_snapshot
from telemetry.models import Camera, Snapshot

MOST_IN_A_ROUND = 40  # each may take 15 seconds; the others come in the next round

log = logging.getLogger(__name__)


def fetch_due_snapshots(*, at: datetime) -> int:
    """Fetch the picture of each camera that is due, longest waiting first; return how many came.

    What went wrong is kept on the camera, for the health board.
    """
    cameras = Camera.objects.filter(is_active=True).exclude(snapshot_url="").order_by("asked_at")
    due = [camera for camera in cameras if is_due(camera, at=at)]
    return sum(fetch_snapshot(camera=camera, at=at) for camera in due[:MOST_IN_A_ROUND])


def is_due(camera: Camera, *, at: datetime) -> bool:
    """Tell whether the camera was asked long enough ago."""
    return camera.asked_at is None or camera.asked_at <= at - timedelta(minutes=camera.snapshot_minutes)


def fetch_snapshot(*, camera: Camera, at: datetime) -> bool:
    """Fetch one picture; return whether it came. A camera that another worker asks now is left alone."""
    untouched = Camera.objects.filter(pk=camera.pk, asked_at=camera.asked_at)
    if not untouched.update(asked_at=at):  # compare-and-set
        return False
    try:
        file = fetch(camera.snapshot_url, allowed=settings.CAMERA_HOSTS)
        take_snapshot(camera=camera, file=file, source=Snapshot.Source.FETCHED, at=at)
    except (NotFetched, NotAPicture) as error:
        log.info("no picture of %s: %s", camera, error)
        Camera.objects.filter(pk=camera.pk).update(trouble=str(error)[:300])
        return False
    return True
