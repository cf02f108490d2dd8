"""Prepares the server of the benchmark `films`: a private video on disk, a ticket for each viewer."""

from pathlib import Path

from django.utils import timezone

from brand.models import Region
from brand.private import private_storage
from training.models import Rendition, Video
from training.videos.playing import film_for
from training.videos.video import folder_of


def prepare(viewers: int, length: int) -> dict[str, list[str]]:
    """Make the film of `length` bytes and return an address for each of `viewers`."""
    now = timezone.now()
    Video.objects.filter(title="benchmark").delete()
    video = Video.objects.create(
        region=Region.objects.first(),
        title="benchmark",
        state=Video.State.READY,
        seconds=3600,
        width=1280,
        height=720,
        uploaded_at=now,
    )
    folder = Path(private_storage().path(folder_of(video.key)))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "720.mp4").write_bytes(bytes(range(256)) * (length // 256))
    Rendition.objects.create(video=video, height=720, width=1280, size=length)
    return {"films": [film_for(video, person=each, at=now).sources[0].url for each in range(1, viewers + 1)]}
