"""Reading a file that is to become an edition: what it is by its content, whatever it is called."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Final

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib.office import NotAnOfficeFile, check_office_file
from lib.upload_limits import MB

MOST_BYTES: Final = 25 * MB  # a form has 30
LONGEST_NAME: Final = 100
CONTENT_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class NotAMaterial(ValueError):
    """The file is none that is given out; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file is."""

    name: str
    size: int
    sha256: str


def kind_of(name: str) -> str:
    """Return the ending of a file name without its dot, in lower case."""
    return PurePath(name).suffix.lower().removeprefix(".")


def read_material(file: File | IO[bytes], *, name: str) -> FileFacts:
    """Return what the file is; `name` is what its sender calls it.

    Raises:
        NotAMaterial: another thing than its name says, too large, or something in it runs.
    """
    name = PurePath(name.replace("\\", "/")).name.strip()
    if kind_of(name) not in CONTENT_TYPES:
        raise NotAMaterial(_("Only PDF, Word, Excel and PowerPoint files of today are given out (no .doc)."))
    size, digest = _measured(file)
    if size > MOST_BYTES:
        raise NotAMaterial(_("The file is larger than 25 MB. Make its pictures smaller, or cut it in two."))
    try:
        check_office_file(file, name=name)
    except NotAnOfficeFile as error:
        raise NotAMaterial(error.reason) from error
    return FileFacts(_short(name), size, digest)


def _measured(file: File | IO[bytes]) -> tuple[int, str]:
    file.seek(0)
    size, digest = 0, hashlib.sha256()
    while part := file.read(256 * 1024):
        size += len(part)
        digest.update(part)
        if size > MOST_BYTES:
            break
    file.seek(0)
    return size, digest.hexdigest()


def _short(name: str) -> str:
    path = PurePath(name)
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix
