"""FFmpeg: the program of the package imageio-ffmpeg, told what to do, watched while it does it.

No shell; files only, by one reader, without what a file may name beside itself. What it writes goes into a
folder of ours.
"""

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import Final

from imageio_ffmpeg import get_ffmpeg_exe

from lib import contained
from training.videos.limits import MOST_BYTES

_MEMORY: Final = 4 * 1024**3  # of addresses, not of memory used
_TIME: Final = re.compile(r"out_time_us=(\d+)")
_TOLD: Final = 600  # characters of what went wrong that go to the log


class ConversionFailed(RuntimeError):
    """FFmpeg ended with an error, or was stopped because it took too long; the text is for the log."""


class Stopped(Exception):
    """Whoever watches wants no more of it."""


def reading(source: Path, kind: str) -> list[str]:
    """Return the arguments that open `source` with the reader `kind` and nothing else."""
    return ["-protocol_whitelist", "file", "-format_whitelist", _readers(kind), "-f", kind, "-i", str(source)]


def run(arguments: list[str], *, folder: Path, seconds: float, watch: Callable[[float], bool]) -> None:
    """Run FFmpeg in `folder` for `seconds` at most; `watch` hears how many seconds of film are done.

    Raises:
        ConversionFailed: it did not work.
        Stopped: `watch` answered False.
    """
    program = [get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-nostats"]
    log = folder / "ffmpeg.log"
    with log.open("w") as said:
        child = contained.start(
            [*program, "-progress", "pipe:1", *arguments],
            seconds=int(seconds) * 2,  # of all processors together
            memory=_MEMORY,
            file_size=MOST_BYTES,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=folder,
        )
        clock = Timer(seconds, child.kill)
        clock.start()
        try:
            _follow(child, watch)
        finally:
            clock.cancel()
            child.kill()
            child.wait()
    if child.returncode:
        raise ConversionFailed(f"ended with {child.returncode}: {log.read_text(errors='replace')[-_TOLD:]}")
    log.unlink()


def _follow(child: "subprocess.Popen[str]", watch: Callable[[float], bool]) -> None:
    assert child.stdout is not None  # noqa: S101 - it is a pipe
    asked = 0.0
    for line in child.stdout:
        found = _TIME.match(line)
        if found and time.monotonic() - asked >= 1:
            asked = time.monotonic()
            if not watch(int(found.group(1)) / 1_000_000):
                raise Stopped
    child.wait()


def _readers(kind: str) -> str:
    """Return what FFmpeg calls that reader: some have several names, and all count as one."""
    names = {"mov": "mov,mp4,m4a,3gp,3g2,mj2", "matroska": "matroska,webm"}
    return names.get(kind, kind)
