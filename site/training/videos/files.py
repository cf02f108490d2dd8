"""The files a player asks for: which there are, what they are, how they are sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from brand.private import private_storage
from lib.handover import Outcome, Sending
from training.videos.video import folder_of

_BLOCK: Final = 256 * 1024
_TYPES: Final = {
    ".mp4": "video/mp4",
    ".m4s": "video/mp4",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".jpg": "image/jpeg",
}
_NAME: Final = re.compile(r"poster\.jpg|master\.m3u8|\d{2,4}\.(mp4|m4s|m3u8)", re.ASCII)


class NoSuchFile(LookupError):
    """A video has no file of that name."""


@dataclass(frozen=True, slots=True)
class VideoFile:
    """One file of a video."""

    path: Path
    inside: str
    """Its place in the private storage."""
    size: int
    etag: str

    @property
    def content_type(self) -> str:
        """Return what it is."""
        return _TYPES[self.path.suffix]

    @property
    def is_long(self) -> bool:
        """Tell whether it is sent in parts: all but lists and pictures."""
        return self.content_type == "video/mp4"

    def sending(self) -> Sending:
        """Return how it is sent. Who has a ticket keeps it for its time, so nothing is asked on the way."""
        return Sending(self.size, self.etag, self._read, _nothing, _nothing, _note)

    def _read(self, start: int) -> Iterator[bytes]:
        with self.path.open("rb") as opened:
            opened.seek(start)
            while block := opened.read(_BLOCK):
                yield block


def file_of(key: str, name: str) -> VideoFile:
    """Return the file `name` of the video `key`.

    Raises:
        NoSuchFile: there is none; also for whatever is no name of ours.
    """
    if not _NAME.fullmatch(name):
        raise NoSuchFile(name)
    inside = f"{folder_of(key)}/{name}"
    path = Path(private_storage().path(inside))
    try:
        facts = path.stat()
    except FileNotFoundError as error:
        raise NoSuchFile(name) from error
    return VideoFile(path, inside, facts.st_size, f'"{facts.st_size:x}-{facts.st_mtime_ns:x}"')


def _nothing() -> None:
    pass


def _note(outcome: Outcome, sent: int, why: str) -> None:
    pass
