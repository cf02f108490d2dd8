"""Videos of lessons: rows, and small files made on the spot."""

import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import factory
from factory.django import DjangoModelFactory
from imageio_ffmpeg import get_ffmpeg_exe

from brand.private import private_storage
from tests.factories.brand import RegionFactory
from training.models import Rendition, Video
from training.videos.video import folder_of

SENT_UP = datetime(2026, 11, 23, 1, tzinfo=UTC)


class VideoFactory(DjangoModelFactory):
    """A video that waits to be looked at; nothing is on disk."""

    class Meta:
        model = Video

    region = factory.SubFactory(RegionFactory)
    title = "培土三遍"
    uploaded_at = SENT_UP


def waiting_video(content: bytes, **facts) -> Video:
    """Return a video whose original is on disk."""
    video = VideoFactory(**facts)
    video.source.name = f"{folder_of(video.key)}/source"
    path = Path(video.source.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    video.save()
    return video


def ready_video(content: bytes = b"0123456789" * 100, **facts) -> Video:
    """Return a video that can be watched, with `content` as its files: nothing is converted."""
    video = VideoFactory(
        **{"state": Video.State.READY, "seconds": 60, "width": 1280, "height": 720, "progress": 100} | facts
    )
    folder = Path(private_storage().path(folder_of(video.key)))
    folder.mkdir(parents=True, exist_ok=True)
    for height in (360, 720):
        (folder / f"{height}.mp4").write_bytes(content)
        Rendition.objects.create(video=video, height=height, width=height * 16 // 9, size=len(content))
    for name in ("master.m3u8", "720.m3u8", "poster.jpg"):
        (folder / name).write_text("#EXTM3U\n")
    return video


@cache
def clip(
    kind: str = "mp4",
    *,
    seconds: int = 2,
    size: tuple[int, int] = (320, 180),
    rate: float = 5,
    with_sound: bool = True,
    words: str = "",
) -> bytes:
    """Return a moving picture with a tone, as a file of that `kind`; `words` stand in its head."""
    width, height = size
    sound = ["-f", "lavfi", "-i", f"sine=f=440:d={seconds}"] if with_sound else []
    with TemporaryDirectory() as folder:
        path = Path(folder, f"film.{kind}")
        arguments = ["-f", "lavfi", "-i", f"testsrc2=s={width}x{height}:r={rate}:d={seconds}", *sound]
        fast = ["-preset", "ultrafast"] if kind in {"mp4", "mov", "mkv", "ts"} else []
        told = ["-metadata", f"comment={words}"] if words else []
        subprocess.run([get_ffmpeg_exe(), "-v", "error", *arguments, *fast, *told, str(path)], check=True)
        return path.read_bytes()
