"""Which pictures are made of a video, and how: played by every phone, never larger than the original."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lib.video_facts import VideoFacts
from training.videos import ffmpeg
from training.videos.limits import MOST_SECONDS

PART_SECONDS: Final = 6  # of HLS; a key frame every two seconds lets a jump land close
_KEY_FRAMES: Final = 2


@dataclass(frozen=True, slots=True)
class Size:
    """A rendition by its shorter side. `rate` in kbit/s, at most."""

    side: int
    rate: int
    sound: int


SIZES: Final = (Size(360, 600, 64), Size(720, 2300, 96))


@dataclass(frozen=True, slots=True)
class Plan:
    """A rendition of one video, in its own measures."""

    width: int
    height: int
    size: Size

    @property
    def bandwidth(self) -> int:
        """Return the bits a second that a playlist announces."""
        return (self.size.rate + self.size.sound) * 1100


def plans_for(facts: VideoFacts) -> list[Plan]:
    """Return the renditions, the smallest first: none larger than the video, at least one."""
    shorter = min(facts.width, facts.height)
    # one as good as the original, but no larger than the largest, then those below
    sizes = [size for size in SIZES if size.side <= shorter] or [SIZES[0]]
    plans = {}
    for size in sizes:
        scale = min(1, size.side / shorter)
        width, height = (_even(side * scale) for side in (facts.width, facts.height))
        plans[height] = Plan(width, height, size)
    return [plans[height] for height in sorted(plans)]


def make_mp4(
    *, source: Path, kind: str, plan: Plan, folder: Path, seconds: float, watch: Callable[[float], bool]
) -> Path:
    """Write `<height>.mp4`, which plays while it loads, and return it.

    Raises:
        ConversionFailed, Stopped: by `training.videos.ffmpeg.run`.
    """
    made = folder / f"{plan.height}.mp4"
    rate = plan.size.rate
    arguments = [
        *ffmpeg.reading(source, kind),
        *("-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-t", str(MOST_SECONDS + 60), "-vf", f"scale={plan.width}:{plan.height}:flags=bicubic,setsar=1"),
        *("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p"),
        *("-crf", "23", "-maxrate", f"{rate}k", "-bufsize", f"{2 * rate}k", "-fpsmax", "30"),
        *("-force_key_frames", f"expr:gte(t,n_forced*{_KEY_FRAMES})", "-threads", "2"),
        *("-c:a", "aac", "-b:a", f"{plan.size.sound}k", "-ac", "2", "-ar", "44100"),
        *("-movflags", "+faststart", "-f", "mp4", made.name),
    ]
    ffmpeg.run(arguments, folder=folder, seconds=seconds, watch=watch)
    return made


def make_parts(*, mp4: Path, folder: Path, seconds: float, watch: Callable[[float], bool]) -> None:
    """Write the same in parts beside it, without converting again: `<height>.m3u8` and `<height>.m4s`.

    All parts stand in one file, each by its place in it (EXT-X-BYTERANGE, RFC 8216 §4.3.2.2).

    Raises:
        ConversionFailed, Stopped: by `training.videos.ffmpeg.run`.
    """
    arguments = [
        *ffmpeg.reading(mp4, "mov"),
        *("-c", "copy", "-f", "hls", "-hls_time", str(PART_SECONDS), "-hls_playlist_type", "vod"),
        *("-hls_segment_type", "fmp4", "-hls_flags", "single_file+independent_segments"),
        *("-hls_segment_filename", f"{mp4.stem}.m4s", f"{mp4.stem}.m3u8"),
    ]
    ffmpeg.run(arguments, folder=folder, seconds=seconds, watch=watch)


def make_poster(*, mp4: Path, folder: Path, at: float) -> None:
    """Write `poster.jpg`: the frame at that second.

    Raises:
        ConversionFailed: there is no such frame.
    """
    arguments = [
        *("-ss", f"{at:.2f}", *ffmpeg.reading(mp4, "mov")),
        *("-frames:v", "1", "-q:v", "4", "-update", "1", "-f", "image2", "poster.jpg"),
    ]
    ffmpeg.run(arguments, folder=folder, seconds=60, watch=lambda _done: True)


def write_master(*, plans: list[Plan], folder: Path) -> None:
    """Write `master.m3u8`, which names the renditions (RFC 8216 §4.3.4.2)."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for plan in plans:
        facts = f"BANDWIDTH={plan.bandwidth},RESOLUTION={plan.width}x{plan.height}"
        lines += [f"#EXT-X-STREAM-INF:{facts}", f"{plan.height}.m3u8"]
    (folder / "master.m3u8").write_text("\n".join(lines) + "\n")


def _even(side: float) -> int:
    """Return the nearest even number: H.264 with half the colours has no odd sides."""
    return max(2, round(side / 2) * 2)
