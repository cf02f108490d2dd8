"""The next version of an asset while it is put together: begun, files added and taken out."""

from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.private import private_storage
from brand.vi.assets import VIAsset
from brand.vi.reading import FileFacts
from brand.vi.versions import VIFile, VIVersion


class NotADraft(ValueError):
    """The version was given out already: its files stay as they are."""

    def __init__(self) -> None:
        super().__init__(_("This version is published: its files stay as they are. Begin the next one."))


class FileIsThere(ValueError):
    """The version has this file, or one of that name."""


def draft_of(asset: VIAsset) -> VIVersion | None:
    """Return the version that is being put together, if there is one. One query."""
    return asset.versions.filter(published_at=None).first()


def begin_version(*, asset: VIAsset, by: User | None, at: datetime) -> VIVersion:
    """Return the draft of the asset's next version; a second officer gets the one that the first began."""
    with transaction.atomic():
        # the row of the asset is what every act on its versions waits for
        VIAsset.objects.select_for_update().get(pk=asset.pk)
        draft = draft_of(asset)
        if draft is None:
            last = asset.versions.aggregate(last=Max("number"))["last"] or 0
            draft = VIVersion.objects.create(asset=asset, number=last + 1)
            record_act(asset, "version_begun", by=by, at=at, detail={"version": draft.number})
        return draft


def add_file(
    *, version: VIVersion, content: File | IO[bytes], facts: FileFacts, by: User | None, at: datetime
) -> VIFile:
    """Keep a file that was read (`brand.vi.reading`) in a draft.

    The bytes are written before the transaction; where it fails they are taken away again.

    Raises:
        NotADraft: the version was published meanwhile.
        FileIsThere: the version has it already.
    """
    asset = version.asset
    folder = f"vi/{asset.region.slug}/{asset.pk}/{version.number}"
    content.seek(0)
    stored = private_storage().save(
        f"{folder}/{facts.sha256[:20]}.{facts.suffix}",
        content if isinstance(content, File) else ContentFile(content.read()),
    )
    try:
        with transaction.atomic():
            _hold(version)
            file = VIFile.objects.create(version=version, file=stored, **_fields(facts))
            record_act(asset, "file_added", by=by, at=at, detail=_named(file))
    except IntegrityError as error:
        private_storage().delete(stored)
        raise FileIsThere(_("This version has this file already, or one of that name.")) from error
    except BaseException:
        private_storage().delete(stored)
        raise
    return file


def remove_file(*, file: VIFile, by: User | None, at: datetime) -> None:
    """Take a file out of a draft.

    Raises:
        NotADraft: the version was published meanwhile.
    """
    with transaction.atomic():
        _hold(file.version)
        record_act(file.version.asset, "file_removed", by=by, at=at, detail=_named(file))
        stored = str(file.file.name)
        file.delete()
        transaction.on_commit(lambda: private_storage().delete(stored))


def note_changes(*, version: VIVersion, notes: str) -> None:
    """Keep what changed in a version, in words; they may be mended later too."""
    version.notes = notes
    version.save(update_fields=["notes"])


def _hold(version: VIVersion) -> None:
    """Lock the asset, so that no file slips into a version while it is published."""
    VIAsset.objects.select_for_update().get(pk=version.asset_id)
    if VIVersion.objects.get(pk=version.pk).is_published:
        raise NotADraft


def _fields(facts: FileFacts) -> dict[str, object]:
    names = ("name", "format", "size", "sha256", "is_cmyk", "width", "height", "pages")
    return {name: getattr(facts, name) for name in names}


def _named(file: VIFile) -> dict[str, object]:
    return {"version": file.version.number, "file": file.name, "sha256": file.sha256}
