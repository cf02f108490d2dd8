"""Papers that somebody uploads: a PDF, or the photo of a paper. Judged by content, not by name."""

import hashlib
from io import BytesIO
from typing import IO, Final

from django.core.files.base import ContentFile, File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib.pdf import NotAPdf, refuse_what_runs
from lib.pictures import NotAPicture, read_picture

MOST_BYTES: Final = 15 * 1024 * 1024
_HEAD: Final = b"%PDF-"  # ISO 32000-1 §7.5.2
_FOOT: Final = b"%%EOF"
_NEAR_THE_END: Final = 2048  # bytes; programs write a little behind the end of file marker


class NotADocument(ValueError):
    """The file is no paper we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read_document(file: File | IO[bytes]) -> ContentFile:
    """Return the PDF in `file` as it is, or the picture in it as `read_picture` keeps it.

    Its name is made from its content, not from the name it came with.

    Raises:
        NotADocument: too large, damaged, or neither.
    """
    file.seek(0)  # a form may have looked at it before
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotADocument(_("The file is larger than 15 MB."))
    return _pdf(data) if data.startswith(_HEAD) else _picture(file)


def read_pdf(file: File | IO[bytes]) -> ContentFile:
    """Return the PDF in `file` as it is, named after its content: for papers that anybody has to open.

    Raises:
        NotADocument: too large, damaged, or no PDF.
    """
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotADocument(_("The file is larger than 15 MB."))
    if not data.startswith(_HEAD):
        raise NotADocument(_("This is no PDF. Save the text as a PDF and send that."))
    return _pdf(data)


def _pdf(data: bytes) -> ContentFile:
    if _FOOT not in data[-_NEAR_THE_END:]:
        raise NotADocument(_("The PDF breaks off before its end. Send it again."))
    try:
        refuse_what_runs(BytesIO(data))
    except NotAPdf as error:
        raise NotADocument(error.reason) from error
    return ContentFile(data, name=f"{hashlib.sha256(data).hexdigest()[:20]}.pdf")


def _picture(file: File | IO[bytes]) -> ContentFile:
    try:
        return read_picture(file)
    except NotAPicture as error:
        raise NotADocument(_("Send a PDF or a photo of the paper.")) from error
