"""Many files as one zip, made while it is sent: nothing is compressed, so its size is known before."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from zipstream import ZipStream

BLOCK: Final = 256 * 1024
SKIPPED: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its name in the zip, where it lies, and the SHA-256 of what it holds."""

    name: str
    path: Path
    sha256: str


class Archive:
    """The zip of some files. Of the same files it is the same bytes every time: it can be taken up again."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = _once_each(entries)
        # the time in the zip is that of the file: it changes only with the file
        stamps = [(entry.name, entry.sha256, int(entry.path.stat().st_mtime)) for entry in self._entries]
        self.etag = f'"{hashlib.sha256(repr(stamps).encode()).hexdigest()}"'
        self.size = len(self._stream())

    def read(self, start: int = 0) -> Iterator[bytes]:
        """Yield the zip from byte `start` on, in blocks. What lies before is made and thrown away.

        Meanwhile empty blocks come every few MB, so that whoever reads in a shared thread gives it back, and
        can stop: making 2 GB for nothing takes seconds.
        """
        block, skip, skipped = bytearray(), start, 0
        for piece in self._stream():
            if skip >= len(piece):
                skip -= len(piece)
                skipped += len(piece)
                if skipped >= SKIPPED:
                    skipped = 0
                    yield b""
                continue
            block += piece[skip:] if skip else piece
            skip = 0
            if len(block) >= BLOCK:
                yield bytes(block)
                block.clear()
        if block:
            yield bytes(block)

    def _stream(self) -> ZipStream:
        stream = ZipStream(sized=True)
        for entry in self._entries:
            stream.add_path(entry.path, entry.name, recurse=False)
        return stream


def _once_each(entries: Sequence[Entry]) -> list[Entry]:
    """Give the second file of a name a number: some programs show only one of two equal names."""
    seen: dict[str, int] = {}
    named = []
    for entry in entries:
        seen[entry.name] = count = seen.get(entry.name, 0) + 1
        path = PurePosixPath(entry.name)
        name = entry.name if count == 1 else str(path.with_name(f"{path.stem}-{count}{path.suffix}"))
        named.append(Entry(name, entry.path, entry.sha256))
    return named
