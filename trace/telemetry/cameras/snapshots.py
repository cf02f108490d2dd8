"""Pictures of cameras: the one way in, whoever brings them, and how long they are kept."""

from datetime import datetime, timedelta
from typing import IO

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q

from lib.pictures import read_picture
from telemetry.models import Camera, Snapshot

KEPT = timedelta(days=7)
MOST_KEPT = 500  # of a camera
SHORTEST_INTERVAL = timedelta(seconds=20)  # between two pictures that a camera sends


class TooSoon(RuntimeError):
    """The camera sent a picture a moment ago."""


def take_snapshot(*, camera: Camera, file: File | IO[bytes], source: str, at: datetime) -> Snapshot:
    """Keep a picture of `camera`, taken now, and return it.

    It is decoded and written anew, outside of the transaction; what it had in it besides is gone.

    Raises:
        NotAPicture: it is none.
    """
    picture = read_picture(file)
    with transaction.atomic():
        snapshot = Snapshot(camera=camera, taken_at=at, source=source)
        snapshot.file.save("picture.jpg", picture, save=False)
        snapshot.save()
        # compare-and-set: of two pictures at once the younger one is the latest
        older = Q(latest=None) | Q(latest__taken_at__lte=at)
        Camera.objects.filter(older, pk=camera.pk).update(latest=snapshot)
        Camera.objects.filter(pk=camera.pk).update(trouble="", asked_at=at)
    forget_old_snapshots(camera=camera, at=at)
    return snapshot


def receive_snapshot(*, camera: Camera, file: File | IO[bytes], at: datetime) -> Snapshot:
    """Keep a picture that the camera sent itself.

    Raises:
        TooSoon: the one before came less than 20 seconds ago.
        NotAPicture: it is none.
    """
    # compare-and-set, so that a camera that floods us costs one query a picture and no decoding
    waited = Q(asked_at=None) | Q(asked_at__lte=at - SHORTEST_INTERVAL)
    if not Camera.objects.filter(waited, pk=camera.pk).update(asked_at=at):
        raise TooSoon
    return take_snapshot(camera=camera, file=file, source=Snapshot.Source.PUSHED, at=at)


def forget_old_snapshots(*, camera: Camera, at: datetime) -> int:
    """Delete the pictures of `camera` that are too old or too many, never the newest; return how many."""
    mine = Snapshot.objects.filter(camera=camera).order_by("-taken_at", "-pk")
    kept = list(mine.filter(taken_at__gte=at - KEPT).values_list("pk", flat=True)[:MOST_KEPT])
    kept += list(mine.values_list("pk", flat=True)[:1])
    old = list(mine.exclude(pk__in=kept))
    for snapshot in old:
        snapshot.delete()
    return len(old)
