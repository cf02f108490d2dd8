"""The zip of the press page: made when it is first asked for, kept until something in it changes."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from association.press.documents import given_to_everybody

if TYPE_CHECKING:
    from association.pages.press import PressPage

MOST_BYTES = 100_000_000  # of all files together: what a newspaper's mailbox and a phone still take
FOLDER = "press"
_UNSAFE = re.compile(r"[^\w\-.()（）]+")


class KitTooLarge(ValueError):
    """The files together are more than one zip should hold."""


class NothingToPack(LookupError):
    """The page has neither pictures nor files nor texts."""


@dataclass(frozen=True)
class Kit:
    """What goes into the zip: pictures and files as they were uploaded, texts as text."""

    pictures: list[tuple[Any, str]]  # image, caption
    files: list[tuple[Any, str]]  # document, what it is
    words: list[tuple[str, str]]  # title, text
    terms: str

    @cached_property
    def size(self) -> int:
        """Bytes of all files together."""
        stored = [picture for picture, _caption in self.pictures] + [file for file, _about in self.files]
        return sum(one.file_size or one.get_file_size() or 0 for one in stored)

    @property
    def count(self) -> int:
        """How many files the zip holds beside the terms."""
        return len(self.pictures) + len(self.files) + len(self.words)

    @property
    def is_offered(self) -> bool:
        """Whether there is a zip to take."""
        return self.count > 0 and self.size <= MOST_BYTES


def kit_of(page: "PressPage") -> Kit:
    """Return what the zip of a page holds. 1 query for each list of files, beyond those of the blocks."""
    pictures, files, words = [], [], []
    for block in page.body:
        if block.block_type == "pictures":
            pictures += [
                (item["image"], _caption(item)) for item in block.value["items"] if item["image"] is not None
            ]
        elif block.block_type == "files":
            files += [(item["document"], item["about"]) for item in given_to_everybody(block.value["items"])]
        elif block.block_type == "words":
            words.append((block.value["title"], block.value["text"]))
    return Kit(pictures, files, words, page.terms)


def _caption(item: Any) -> str:
    credit = _("Picture: %(who)s") % {"who": item["credit"]} if item["credit"] else ""
    return " ".join(filter(None, (item["caption"], credit)))


def kept_zip(page: "PressPage") -> str:
    """Return the name of the page's zip in the default storage, made now if it is not there.

    Its name follows from what is in it, so nobody gets yesterday's. Two who ask at once both make it; the
    second finds the first one's and puts its own away.

    Raises:
        KitTooLarge, NothingToPack: there is none.
    """
    kit = kit_of(page)
    if kit.count == 0:
        raise NothingToPack
    if kit.size > MOST_BYTES:
        raise KitTooLarge
    name = f"{_beginning(page)}{_mark(kit)}.zip"
    if default_storage.exists(name):
        return name
    with TemporaryFile() as made:
        _write(kit, made)
        made.seek(0)
        saved = default_storage.save(name, File(made, name=name))
    if saved != name:
        default_storage.delete(saved)
    _sweep(page, keep=name)
    return name


def _beginning(page: "PressPage") -> str:
    """Return how the names of a page's zips begin: one for each language, whose folders are named in it."""
    return f"{FOLDER}/{page.pk}-press-kit-{get_language() or 'zh-hans'}-"


def _mark(kit: Kit) -> str:
    """Return a name for exactly this content."""
    parts = [kit.terms, *(f"{title}\0{text}" for title, text in kit.words)]
    parts += [f"{picture.file.name}\0{picture.file_size}\0{caption}" for picture, caption in kit.pictures]
    parts += [f"{file.file.name}\0{file.file_size}\0{about}" for file, about in kit.files]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _sweep(page: "PressPage", *, keep: str) -> None:
    """Delete what the zip was before."""
    beginning = _beginning(page)
    for name in default_storage.listdir(FOLDER)[1]:
        old = f"{FOLDER}/{name}"
        if old.startswith(beginning) and old != keep:
            default_storage.delete(old)


def _write(kit: Kit, out: Any) -> None:
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(f"{_('Terms of use')}.txt", kit.terms)
        for title, text in _texts(kit):
            archive.writestr(title, text)
        for name, stored in _stored(kit):
            # pictures and PDFs do not get smaller
            with stored.file.open("rb") as source:
                archive.writestr(name, source.read(), compress_type=ZIP_STORED)


def _texts(kit: Kit) -> Iterator[tuple[str, str]]:
    folder = pgettext("press kit", "Texts")
    for number, (title, text) in enumerate(kit.words, 1):
        yield f"{folder}/{_safe(f'{number:02d}-{title}')}.txt", text
    captions = [f"{number:02d}  {caption}" for number, (_one, caption) in enumerate(kit.pictures, 1)]
    if captions:
        pictures = pgettext("press kit", "Pictures")
        yield f"{pictures}/{pgettext('press kit', 'captions')}.txt", "\n".join(captions)


def _stored(kit: Kit) -> Iterator[tuple[str, Any]]:
    for folder, things in (
        (pgettext("press kit", "Pictures"), [picture for picture, _caption in kit.pictures]),
        (pgettext("press kit", "Files"), [file for file, _about in kit.files]),
    ):
        for number, thing in enumerate(things, 1):
            suffix = thing.file.name.rpartition(".")[2].lower()
            yield f"{folder}/{_safe(f'{number:02d}-{thing.title}')}.{suffix}", thing


def _safe(name: str) -> str:
    """Return a name that is a name in every file system, never a path."""
    return _UNSAFE.sub("_", name).strip("._")[:80] or "_"
