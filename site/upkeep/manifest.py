"""The manifest of a backup: what belongs to it, with checksums. Without it there is no backup."""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

FORMAT = "fengtu-backup-1"
NAME = "manifest.json"
_BLOCK = 1 << 20


class UnusableBackup(ValueError):
    """The folder holds no whole backup, or what it holds was changed; the message says what is wrong."""


class Piece(msgspec.Struct, frozen=True):
    """One file of the backup: a database, a table, or the files of one storage."""

    kind: str
    file: str
    sha256: str
    size: int
    holds: str = ""
    count: int = 0
    columns: list[str] = []


class Manifest(msgspec.Struct, frozen=True):
    """Everything that is needed to put a backup back, and to know that it is whole."""

    format: str
    run: UUID
    made_at: datetime
    engine: str
    migrations: list[tuple[str, str]]
    rows: dict[str, int]
    sequences: dict[str, int | None]
    key_mark: str
    left_out: list[str]
    pieces: list[Piece]

    @property
    def size(self) -> int:
        """Bytes of all pieces."""
        return sum(piece.size for piece in self.pieces)

    @property
    def files(self) -> int:
        """How many uploaded files it holds."""
        return sum(piece.count for piece in self.pieces if piece.kind == "files")

    def of(self, kind: str) -> list[Piece]:
        """Return the pieces of a kind: `database`, `table` or `files`."""
        return [piece for piece in self.pieces if piece.kind == kind]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it, and make sure that it lies on the disk."""
    with (folder / NAME).open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """Return what the backup in `folder` says of itself.

    Raises:
        UnusableBackup: it says nothing, or nothing we understand.
    """
    try:
        manifest = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise UnusableBackup(f"{folder} has no {NAME}: this is no whole backup") from error
    except msgspec.MsgspecError as error:
        raise UnusableBackup(f"{folder / NAME} cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise UnusableBackup(f"format {manifest.format!r} is not {FORMAT!r}")
    return manifest


def check_pieces(folder: Path, manifest: Manifest) -> None:
    """Read every file and compare it with the manifest.

    Raises:
        UnusableBackup: naming the first file that is missing, shorter, longer or changed.
    """
    for piece in manifest.pieces:
        path = folder / piece.file
        if Path(piece.file).name != piece.file:
            raise UnusableBackup(f"{piece.file} would lie outside of the backup")
        if not path.is_file():
            raise UnusableBackup(f"{piece.file} is missing")
        if path.stat().st_size != piece.size:
            raise UnusableBackup(f"{piece.file} has {path.stat().st_size} bytes, {piece.size} were written")
        if _sha256(path) != piece.sha256:
            raise UnusableBackup(f"{piece.file} was changed: its checksum is another one")


def piece_of(
    path: Path, *, kind: str, holds: str = "", count: int = 0, columns: tuple[str, ...] = ()
) -> Piece:
    """Return the entry of a file that was just written."""
    return Piece(kind, path.name, _sha256(path), path.stat().st_size, holds, count, list(columns))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
