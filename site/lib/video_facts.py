"""What a video is, told by a program of its own: what takes readers of videos down takes only that program.

`look_into` judges the first bytes here and lets a script (lib/video_probe.py) open the file. FFmpeg gets one
reader, that of the kind the bytes are: others may name further files, which would then be opened.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib import contained

HEAD: Final = 400  # bytes that tell the kind
_SECONDS: Final = 60
_MEMORY: Final = 2 * 1024**3  # of addresses, not of memory used
_PROBE: Final = Path(__file__).with_name("video_probe.py")


_KINDS: Final[dict[str, Callable[[bytes], bool]]] = {
    "mov": lambda head: head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"},
    "matroska": lambda head: head.startswith(b"\x1a\x45\xdf\xa3"),
    "avi": lambda head: head.startswith(b"RIFF") and head[8:12] == b"AVI ",
    "mpeg": lambda head: head.startswith(b"\x00\x00\x01\xba"),
    "flv": lambda head: head.startswith(b"FLV\x01"),
    "asf": lambda head: head.startswith(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
    "mpegts": lambda head: head[:1] == b"G" and head[188:189] == b"G",
}


class NotAVideo(ValueError):
    """The file is no video we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What a video is, as it is shown: turned where the camera was."""

    kind: str
    seconds: float
    """0 where the file does not say."""
    width: int
    height: int
    has_sound: bool


def kind_of(head: bytes) -> str:
    """Return the name of FFmpeg's reader for a file that begins with `head`.

    Raises:
        NotAVideo: saying what it is instead, where that is known.
    """
    for kind, begins in _KINDS.items():
        if begins(head):
            return kind
    raise NotAVideo(_instead(head))


def _instead(head: bytes) -> Promise:
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return _("The file is a program, not a video, whatever its name says.")
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8")):
        return _("The file is a picture, not a video.")
    if head.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf")):
        return _("The file is an archive or an office file. Take the video out of it.")
    if head.startswith((b"ID3", b"fLaC", b"OggS")):
        return _("There is sound but no picture in it.")
    return _("The file is no video we know: send MP4, MOV, MKV, WebM, AVI, WMV, FLV or MPEG.")


def look_into(path: Path) -> VideoFacts:
    """Return what the video at `path` is.

    Raises:
        NotAVideo: none, or damaged.
    """
    with path.open("rb") as file:
        kind = kind_of(file.read(HEAD))
    script = [sys.executable, "-I", str(_PROBE), kind, str(path)]
    child = contained.start(
        script,
        seconds=_SECONDS,
        memory=_MEMORY,
        file_size=0,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        said, _nothing = child.communicate(timeout=_SECONDS)
        told = json.loads(said)
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        raise NotAVideo(_("The video is damaged and cannot be read.")) from error
    finally:
        child.kill()
        child.wait()
    if not told:
        raise NotAVideo(_("There is sound but no picture in it."))
    return VideoFacts(kind=kind, **told)
