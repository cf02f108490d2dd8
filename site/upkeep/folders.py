"""Where backups lie: one folder each below a folder of backups. A half one is never taken for a whole one."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from upkeep.manifest import NAME, UnusableBackup

PREFIX, UNFINISHED = "fengtu-", ".unfinished"


class BackupRunning(Exception):
    """Another backup is being written there."""


@contextmanager
def new_folder(top: Path, *, at: datetime) -> Iterator[Path]:
    """Give an empty folder to write a backup into; it gets its name when the block ends without an error.

    Raises:
        BackupRunning: somebody else is writing one there.
    """
    top.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(top):
        for leftover in top.glob(f"{PREFIX}*{UNFINISHED}"):
            shutil.rmtree(leftover)
        name = _free_name(top, f"{PREFIX}{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        folder = top / f"{name}{UNFINISHED}"
        folder.mkdir(mode=0o700)
        try:
            yield folder
            folder.rename(top / name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def finished_path(unfinished: Path) -> Path:
    """Return where a backup lies when it is done."""
    return unfinished.with_name(unfinished.name.removesuffix(UNFINISHED))


def backups_in(top: Path) -> list[Path]:
    """Return the finished backups below `top`, oldest first."""
    return sorted(
        folder.parent for folder in top.glob(f"{PREFIX}*/{NAME}") if UNFINISHED not in folder.parent.name
    )


def find_backup(path: Path) -> Path:
    """Return `path` when it is a backup, else the newest one below it.

    Raises:
        UnusableBackup: there is none.
    """
    if (path / NAME).is_file():
        return path
    found = backups_in(path) if path.is_dir() else []
    if not found:
        raise UnusableBackup(f"there is no whole backup in {path}")
    return found[-1]


def forget_old(top: Path, *, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups and return which were deleted."""
    old = backups_in(top)[:-keep]
    for folder in old:
        (folder / NAME).unlink()  # first: what is left if we are stopped here is no backup any more
        shutil.rmtree(folder)
    return old


def _free_name(top: Path, name: str) -> str:
    number = 1
    while (top / (candidate := name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return candidate


@contextmanager
def _alone(top: Path) -> Iterator[None]:
    descriptor = os.open(top / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BackupRunning(f"another backup is being written to {top}") from error
    finally:
        os.close(descriptor)
