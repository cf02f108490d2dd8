"""Uploading: several files at once into the draft; what is not good is named with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from brand.vi.assets import VIAsset
from brand.vi.drafting import FileIsThere, add_file, begin_version
from brand.vi.previews import ask_for_previews
from brand.vi.reading import FileFacts, NotTaken, read_file
from brand.vi.versions import VIFile


@dataclass(slots=True)
class Taken:
    """What became of the files of one upload."""

    files: list[VIFile] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def take_files(asset: VIAsset, uploads: Iterable[UploadedFile], *, by: User | None, at: datetime) -> Taken:
    """Judge each file, keep the good ones in the draft of the next version, and have its picture drawn.

    Without a good file no version is begun.

    Raises:
        NotADraft: the version was published meanwhile.
    """
    taken = Taken()
    good: list[tuple[UploadedFile, FileFacts]] = []
    for upload in uploads:
        try:
            good.append((upload, read_file(upload, name=upload.name or "")))
        except NotTaken as error:
            taken.refused.append((upload.name or "", str(error.reason)))
    if not good:
        return taken
    version = begin_version(asset=asset, by=by, at=at)
    for upload, facts in good:
        try:
            taken.files.append(add_file(version=version, content=upload, facts=facts, by=by, at=at))
        except FileIsThere as error:
            taken.refused.append((facts.name, str(error)))
    ask_for_previews([version])
    return taken
