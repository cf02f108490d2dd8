"""Files an office sends around: what they are by their content, whatever their name says."""

import zipfile
from pathlib import PurePath
from typing import IO, Final

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib.pdf import NotAPdf, refuse_what_runs

_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] §2.2: .doc, .xls, .ppt before 2007, and of WPS
_OLD_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")  # [MS-OVBA] §2.3.4.1: name of the stream they lie in
_PARTS: Final = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}  # ECMA-376 part 2: a zip with these parts
_LOOKED_AT: Final = 65_536  # bytes of a text


class NotAnOfficeFile(ValueError):
    """The file is none we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


def check_office_file(file: File | IO[bytes], *, name: str) -> None:
    """Look whether the content of `file` is what `name` ends in.

    Raises:
        NotAnOfficeFile: it is something else, or something in it runs when it is opened.
    """
    kind = PurePath(name).suffix.lower().removeprefix(".")
    file.seek(0)
    try:
        _check(kind, file)
    finally:
        file.seek(0)


def _check(kind: str, file: File | IO[bytes]) -> None:
    if kind == "pdf":
        _check_pdf(file)
    elif kind in _PARTS:
        _check_parts(file, _PARTS[kind])
    elif kind in {"doc", "xls", "ppt"}:
        if file.read(len(_OLD)) != _OLD:
            raise NotAnOfficeFile(_("The file is not what its name ends in. Save it anew and send that."))
        if _OLD_MACROS in file.read():
            raise NotAnOfficeFile(_("There are macros in the file. Save it without."))
    elif not _is_text(file.read(_LOOKED_AT)):
        raise NotAnOfficeFile(_("The file is no text. Save it anew and send that."))


def _check_pdf(file: File | IO[bytes]) -> None:
    if not file.read(1024).lstrip().startswith(b"%PDF-"):
        raise NotAnOfficeFile(_("The file is not what its name ends in. Save it anew and send that."))
    file.seek(0)
    try:
        refuse_what_runs(file)
    except NotAPdf as error:
        raise NotAnOfficeFile(error.reason) from error


def _check_parts(file: File | IO[bytes], folder: str) -> None:
    try:
        with zipfile.ZipFile(file) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        names = []
    if "[Content_Types].xml" not in names or not any(name.startswith(folder) for name in names):
        raise NotAnOfficeFile(_("The file is not what its name ends in. Save it anew and send that."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotAnOfficeFile(_("There are macros in the file. Save it without."))


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data[:-4].decode(encoding)  # a sign may be cut off at the end
        except UnicodeDecodeError as error:
            if error.start < len(data) - 8:
                continue
        return True
    return False
