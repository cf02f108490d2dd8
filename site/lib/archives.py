"""Zip archives that somebody uploads: judged before anybody unpacks them.

A zip bomb is small and unpacks to gigabytes, by its ratio, by entries that share their bytes, or by archives
within archives. Every entry is unpacked here once, in parts and to nowhere, so that what is told of its size
and checksum is also true.
"""

import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Final

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_ENTRIES: Final = 1_000
MOST_UNPACKED: Final = 1024 * 1024 * 1024
MOST_RATIO: Final = 200  # flat artwork of one colour packs 100 : 1; a bomb 1,000 : 1 and more
RATIO_FROM: Final = 1024 * 1024  # bytes unpacked: below that any ratio is harmless
ARCHIVES: Final = frozenset(".zip .rar .7z .gz .tgz .bz2 .xz .zst .tar .cab .iso .jar .apk".split())  # noqa: SIM905
PROGRAMS: Final = frozenset(
    ".exe .com .scr .bat .cmd .ps1 .vbs .vbe .js .jse .wsf .hta .msi .lnk .dll .sh .app .html .htm".split()  # noqa: SIM905
)
_PART = 256 * 1024


class NotAnArchive(ValueError):
    """The file is no archive we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


def check_zip(file: File | IO[bytes]) -> int:
    """Return how many files the archive holds. Reads it whole, keeps nothing.

    Raises:
        NotAnArchive: damaged, a bomb, locked, or it holds what does not belong in it.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                _check_place(entry)
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_list(entries)
            for entry in entries:
                _unpack_to_nowhere(archive, entry)
    except NotAnArchive:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise NotAnArchive(_("The archive is damaged. Pack it again as an ordinary zip.")) from error
    return len(entries)


def _check_list(entries: list[zipfile.ZipInfo]) -> None:
    """Judge what the list of contents tells, before anything is unpacked."""
    if not entries:
        raise NotAnArchive(_("The archive is empty."))
    if len(entries) > MOST_ENTRIES:
        raise NotAnArchive(_("The archive holds more than 1,000 files."))
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotAnArchive(_("Unpacked, the archive would be larger than 1 GB."))
    for entry in entries:
        _check_entry(entry)
    _check_overlap(entries)


def _check_place(entry: zipfile.ZipInfo) -> None:
    """Refuse what would be unpacked elsewhere: folders too, and links, through which others are written."""
    name = entry.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or stat.S_ISLNK(entry.external_attr >> 16):
        raise NotAnArchive(_named(_("“%(name)s” would be unpacked outside of its folder."), name))


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    # Windows leaves out dots and blanks at the end of a name: “setup.exe .” is unpacked as “setup.exe”
    path = PurePosixPath(name.replace("\\", "/").rstrip(". "))
    if entry.flag_bits & 0x1:
        raise NotAnArchive(_("The archive is locked with a password. Send it open."))
    if path.suffix.lower() in ARCHIVES:
        raise NotAnArchive(_named(_("“%(name)s” is an archive within the archive. Unpack it first."), name))
    if path.suffix.lower() in PROGRAMS:
        raise NotAnArchive(_named(_("“%(name)s” is a program or a web page, not artwork."), name))
    if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise NotAnArchive(_named(_("“%(name)s” unpacks to far more than it is: that is a zip bomb."), name))


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share their bytes: thousands of files out of one."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise NotAnArchive(_("Files of the archive share their bytes: that is a zip bomb."))
        end = entry.header_offset + entry.compress_size


def _unpack_to_nowhere(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read an entry to its end: its checksum is compared there. It never gives more than it told."""
    with archive.open(entry) as content:
        head = content.read(8)
        if head.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")):
            words = _("“%(name)s” is an archive within the archive. Unpack it first.")
            raise NotAnArchive(_named(words, entry.filename))
        while content.read(_PART):
            pass


def _named(words: Promise | str, name: str) -> str:
    return str(words) % {"name": PurePosixPath(name).name[:60]}
