"""PDF files that somebody uploads for printers: what they are, and nothing that runs when they are opened.

ISO 32000-1: §7.5 structure, §8.6 colour spaces, §12.6.4 actions. Illustrator's .ai files are PDF files with
data of their own beside the pages (since version 9, if saved "PDF compatible").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, Final

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

MOST_PAGES: Final = 400
PAGES_LOOKED_INTO: Final = 20
DEEPEST_FORM: Final = 4
MM_A_POINT: Final = 25.4 / 72
_HEAD: Final = b"%PDF-"
_FOOT: Final = b"%%EOF"
_NEAR: Final = 4096  # bytes; programs write a little before the head and behind the end
_PRINT_INK = re.compile(rb"(?:^|\s)(?:[\d.+-]+\s+){4}[kK](?=\s|$)")  # the operators k and K: CMYK
_RUNS: Final = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"}


class NotAPdf(ValueError):
    """The file is no PDF we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a PDF is: its first page in whole millimetres, and whether it is in print colours."""

    pages: int
    width_mm: int
    height_mm: int
    is_cmyk: bool


def read_pdf(file: File | IO[bytes]) -> PdfFacts:
    """Return what the PDF in `file` is.

    Raises:
        NotAPdf: damaged, broken off, locked, or something runs when it is opened.
    """
    _check_ends(file)
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise NotAPdf(_("The PDF is locked with a password. Save it without."))
        pages = len(reader.pages)
        if not 1 <= pages <= MOST_PAGES:
            raise NotAPdf(_("The PDF has no pages, or more than 400."))
        _refuse_actions(reader)
        box = reader.pages[0].mediabox
        looked_into = islice(reader.pages, PAGES_LOOKED_INTO)
        return PdfFacts(
            pages=pages,
            width_mm=round(float(box.width) * MM_A_POINT),
            height_mm=round(float(box.height) * MM_A_POINT),
            is_cmyk=any(_in_print_ink(page) for page in looked_into),
        )
    except NotAPdf:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        # a reader of broken structures stumbles over whatever is missing
        raise NotAPdf(_("The PDF is damaged. Export it again.")) from error


def _check_ends(file: File | IO[bytes]) -> None:
    file.seek(0)
    if _HEAD not in file.read(_NEAR):
        raise NotAPdf(_("This is no PDF."))
    file.seek(0, 2)
    file.seek(max(file.tell() - _NEAR, 0))
    if _FOOT not in file.read(_NEAR):
        raise NotAPdf(_("The PDF breaks off before its end. Send it again."))


def refuse_what_runs(file: File | IO[bytes]) -> None:
    """Refuse a PDF that runs something; one whose structure is not understood passes, as a scan may be.

    Raises:
        NotAPdf: it does.
    """
    file.seek(0)
    try:
        _refuse_actions(PdfReader(file, strict=False))
    except NotAPdf:
        raise
    except Exception:  # whatever a reader of broken structures stumbles over
        return


def _refuse_actions(reader: PdfReader) -> None:
    root = reader.root_object
    names = _solved(root.get("/Names"), {})
    scripted = "/JavaScript" in names or "/XFA" in _solved(root.get("/AcroForm"), {})
    if scripted or any(_runs(act) for act in _actions(reader)):
        raise NotAPdf(_("The PDF runs a script when it is opened. Save it without."))
    if "/EmbeddedFiles" in names:
        raise NotAPdf(_("The PDF carries other files within. Save it without."))


def _actions(reader: PdfReader) -> Iterator[Any]:
    """Yield what happens on opening the document or a page, and on a press on any of its links and fields."""
    root = reader.root_object
    yield root.get("/OpenAction")
    yield from _solved(root.get("/AA"), {}).values()
    for page in islice(reader.pages, MOST_PAGES):
        yield from _solved(page.get("/AA"), {}).values()
        for entry in _listed(page.get("/Annots")):
            thing = _solved(entry, {})
            yield thing.get("/A")
            yield from _solved(thing.get("/AA"), {}).values()
            # a field may leave its actions to the one above it
            yield from _solved(_solved(thing.get("/Parent"), {}).get("/AA"), {}).values()


def _runs(act: Any, *, depth: int = 0) -> bool:
    """Tell whether an action, or one that follows it, runs something."""
    found = _solved(act, {})
    if _solved(found.get("/S"), "") in _RUNS:
        return True
    following = found.get("/Next")
    chain = _listed(following) or [following]
    return depth < DEEPEST_FORM and any(_runs(one, depth=depth + 1) for one in chain if one is not None)


def _in_print_ink(page: Any) -> bool:
    if any(_spaces_in_print_ink(_solved(page.get("/Resources"), {}), depth=0)):
        return True
    content = page.get_contents()
    return content is not None and bool(_PRINT_INK.search(content.get_data()))


def _spaces_in_print_ink(resources: Any, *, depth: int) -> Iterator[bool]:
    """Yield for each colour space, picture and form whether it is in CMYK."""
    yield from (_is_print_space(space) for space in _solved(resources.get("/ColorSpace"), {}).values())
    for item in _solved(resources.get("/XObject"), {}).values():
        thing = _solved(item, {})
        yield _is_print_space(thing.get("/ColorSpace"))
        if thing.get("/Subtype") == "/Form" and depth < DEEPEST_FORM:
            yield from _spaces_in_print_ink(_solved(thing.get("/Resources"), {}), depth=depth + 1)
            yield isinstance(thing, StreamObject) and bool(_PRINT_INK.search(thing.get_data()))


def _is_print_space(space: Any) -> bool:
    space = _solved(space, None)
    if isinstance(space, ArrayObject) and space:
        kind = _solved(space[0], "")
        if kind == "/ICCBased":
            return bool(_solved(space[1], {}).get("/N") == 4)
        if kind in {"/Separation", "/DeviceN"}:  # spot colours, such as Pantone: for print only
            return True
        return kind in {"/Indexed", "/Pattern"} and len(space) > 1 and _is_print_space(space[1])
    return bool(space == "/DeviceCMYK")


def _listed(thing: Any) -> list[Any]:
    """Follow a reference to a list; what is none counts as empty."""
    found = _solved(thing, None)
    return list(found) if isinstance(found, ArrayObject) else []


def _solved(thing: Any, default: Any) -> Any:
    """Follow a reference; what is not of the expected sort counts as missing."""
    if isinstance(thing, IndirectObject):
        thing = thing.get_object()
    if thing is None or (isinstance(default, dict) and not isinstance(thing, DictionaryObject)):
        return default
    return thing
