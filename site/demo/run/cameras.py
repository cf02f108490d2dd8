"""The demo's cameras: a drawing with the time on it, every few minutes, by the way every picture takes."""

from datetime import timedelta
from io import BytesIO
from threading import Event

from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from demo.load.pictures import FOLDER
from demo.load.sights import EVERY
from telemetry.cameras.snapshots import take_snapshot
from telemetry.models import Camera, Snapshot

# a camera whose last picture is older stays silent, as a broken one does
WORKING = timedelta(days=1)


def run_cameras(stop: Event) -> None:
    """Let each working camera of the demo take a picture now and every five minutes, until stopped."""
    while not stop.is_set():
        close_old_connections()
        try:
            for camera in _cameras():
                take_picture(camera)
        except DatabaseError:
            pass  # the next round comes
        stop.wait(EVERY * 60)


def take_picture(camera: Camera) -> Snapshot:
    """Take one picture."""
    now = timezone.now()
    with Image.open(FOLDER / f"camera-{camera.base.region.slug}.webp") as drawing:
        picture = drawing.convert("RGB")
    clock = f"{camera.camera_id}  {timezone.localtime(now):%Y-%m-%d %H:%M:%S}"
    font = ImageFont.load_default(28)
    ImageDraw.Draw(picture).text(
        (24, 24), clock, font=font, fill="white", stroke_width=2, stroke_fill="black"
    )
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    return take_snapshot(camera=camera, file=file, source=Snapshot.Source.PUSHED, at=now)


def _cameras() -> list[Camera]:
    """Return the simulated cameras that work: those of our own make."""
    made = Camera.objects.filter(is_active=True, maker="风土", latest__isnull=False)
    cameras = made.select_related("base__region", "latest")
    newest = max((camera.latest.taken_at for camera in cameras if camera.latest), default=None)
    if newest is None:
        return []
    return [camera for camera in cameras if camera.latest and camera.latest.taken_at > newest - WORKING]
