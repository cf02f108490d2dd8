"""What is sent for a link: one file or a zip, with the questions that are asked again while it goes out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.vi.access import Grant, Refusal, Rights
from brand.vi.agreements import VIAgreement
from brand.vi.download_log import begin_download, end_download
from brand.vi.links import Link
from brand.vi.versions import VIFile
from lib.archive import Archive, Entry
from lib.handover import MayNotGoOn, Outcome, Sending

_BLOCK: Final = 256 * 1024
_NO_PATH: Final = str.maketrans({"/": "／", "\\": "＼", ":": "："})


class Refused(PermissionError):
    """One of the files is closed to the person; `refusal` says why, `file` which."""

    def __init__(self, refusal: Refusal, file: VIFile) -> None:
        super().__init__(refusal.text)
        self.refusal = refusal
        self.file = file


class FilesGone(LookupError):
    """A file of the link is not there any more."""


def files_named(ids: Sequence[int]) -> list[VIFile]:
    """Return the files in the order of `ids`, with all that rights ask for. 2 queries.

    Raises:
        FilesGone: one of them does not exist.
    """
    files = files_there(ids)
    if not files or len(files) != len(set(ids)):
        raise FilesGone(ids)
    return files


def files_there(ids: Sequence[int]) -> list[VIFile]:
    """Return those of the files that exist, in the order of `ids`, with what rights ask for. 2 queries."""
    found = VIFile.objects.select_related("version__asset__region__site", "version__asset__category")
    by_id = found.prefetch_related("version__asset__products").in_bulk(ids)
    return [by_id[each] for each in dict.fromkeys(ids) if each in by_id]


def grants_to(files: Sequence[VIFile], *, user: User | AnonymousUser, at: datetime) -> list[Grant]:
    """Return the right to each file. 3 to 6 queries.

    Raises:
        Refused: there is none to one of them.
    """
    rights = Rights(user, on=timezone.localdate(at))
    grants = []
    for file in files:
        answer = rights.to_file(file)
        if isinstance(answer, Refusal):
            raise Refused(answer, file)
        grants.append(answer)
    return grants


def make_sending(
    link: Link,
    files: Sequence[VIFile],
    *,
    user: User | None,
    grants: Sequence[Grant],
    agreement: VIAgreement | None,
) -> Sending:
    """Return what to send for `link`, ready to be handed over.

    Raises:
        FilesGone: a file is not where it was put.
    """
    try:
        source = _zip(files) if link.is_zip else _OneFile(files[0])
        size = source.size
    except OSError as error:
        raise FilesGone(str(error)) from error

    def begun() -> None:
        begin_download(
            link, files=files, grants=grants, user=user, agreement=agreement, size=size, at=timezone.now()
        )

    def ended(outcome: Outcome, sent: int, why: str) -> None:
        end_download(link, outcome=outcome, sent=sent, why=why, at=timezone.now())

    owner = f"user:{user.pk}" if user else ""
    return Sending(size, source.etag, source.read, lambda: ask_again(link), begun, ended, owner)


def ask_again(link: Link) -> None:
    """Ask everything again that the link rests on, from the database. 5 to 8 queries.

    Raises:
        MayNotGoOn: the account is closed, a file was withdrawn, or the right to one of them is lost.
    """
    user: User | AnonymousUser = AnonymousUser()
    if link.user_id is not None:
        known = User.objects.filter(pk=link.user_id, is_active=True, erased_at=None).first()
        if known is None:
            raise MayNotGoOn(_("The account was closed."))
        user = known
    try:
        grants_to(files_named(link.file_ids), user=user, at=timezone.now())
    except Refused as refused:
        raise MayNotGoOn(str(refused)) from refused
    except FilesGone as gone:
        raise MayNotGoOn(_("The association does not hand this out any more.")) from gone


@dataclass(slots=True)
class _OneFile:
    """A file as it lies in the storage."""

    file: VIFile

    @property
    def size(self) -> int:
        return int(self.file.file.size)

    @property
    def etag(self) -> str:
        return f'"{self.file.sha256}"'

    def read(self, start: int) -> Iterator[bytes]:
        with self.file.file.storage.open(str(self.file.file.name)) as opened:
            opened.seek(start)
            while block := opened.read(_BLOCK):
                yield block


def _zip(files: Sequence[VIFile]) -> Archive:
    return Archive([Entry(_name_in_zip(file), Path(file.file.path), file.sha256) for file in files])


def _name_in_zip(file: VIFile) -> str:
    folder = f"{file.version.asset.title} v{file.version.number}".translate(_NO_PATH).strip(". ")
    return f"{folder}/{file.name.translate(_NO_PATH)}"
