"""Uploaded files in a backup: one tar per storage of this machine, and back.

Files that lie with a provider (S3 and the like) are kept and versioned there; the manifest names them as
left out.
"""

import os
import shutil
import tarfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages

from upkeep.manifest import Manifest, Piece, UnusableBackup, piece_of

_REBUILT = {"staticfiles"}  # from the program itself
_ASIDE = ".restoring-"


def folders() -> dict[str, Path]:
    """Return the folders of the storages whose files lie on this machine, by the name of the storage."""
    return {
        alias: Path(storage.location)
        for alias in storages.backends
        if alias not in _REBUILT and isinstance(storage := storages[alias], FileSystemStorage)
    }


def left_out() -> list[str]:
    """Return the storages whose files are not part of a backup."""
    return sorted(set(storages.backends) - _REBUILT - folders().keys())


def has_files() -> bool:
    """Tell whether anybody uploaded anything."""
    return any(True for folder in folders().values() for _file in _files(folder))


def pack(target: Path) -> list[Piece]:
    """Write the files of every storage into `target`. What vanishes meanwhile was deleted, not lost."""
    pieces = []
    for alias, folder in folders().items():
        path, count = target / f"files-{alias}.tar", 0
        with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
            for file in _files(folder):
                try:
                    tar.add(file, arcname=str(file.relative_to(folder)), recursive=False)
                    count += 1
                except FileNotFoundError:
                    continue
        pieces.append(piece_of(path, kind="files", holds=alias, count=count))
    return pieces


class Unpacked:
    """The files of a backup beside those that are in use, on the same disk: changing over is renaming."""

    def __init__(self, source: Path, manifest: Manifest) -> None:
        self._places: list[tuple[Path, Path]] = []
        known = folders()
        for piece in manifest.of("files"):
            if piece.holds not in known:
                raise UnusableBackup(f"this installation has no file storage {piece.holds!r}")
            self._unpack(source / piece.file, known[piece.holds])

    def change_over(self) -> None:
        """Put the unpacked files in the place of the old ones, and delete those."""
        for folder, fresh in self._places:
            old = folder / f"{_ASIDE}{uuid.uuid4().hex}"
            old.mkdir()
            for entry in list(folder.iterdir()):
                if not entry.name.startswith(_ASIDE):
                    entry.rename(old / entry.name)
            for entry in list(fresh.iterdir()):
                entry.rename(folder / entry.name)
            shutil.rmtree(old, ignore_errors=True)
        self.discard()

    def discard(self) -> None:
        """Take away what was unpacked and is not in use."""
        for _folder, fresh in self._places:
            shutil.rmtree(fresh, ignore_errors=True)

    def _unpack(self, tar: Path, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{_ASIDE}{uuid.uuid4().hex}"
        fresh.mkdir()
        self._places.append((folder, fresh))
        try:
            with tarfile.open(tar) as archive:
                archive.extractall(fresh, filter="data")
        except (tarfile.TarError, OSError) as error:
            self.discard()
            raise UnusableBackup(f"{tar.name} cannot be unpacked: {error}") from error


def _files(folder: Path) -> Iterator[Path]:
    for path, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith(_ASIDE))
        for name in sorted(files):
            file = Path(path) / name
            if file.is_file() and not file.is_symlink():
                yield file
