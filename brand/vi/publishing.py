"""Giving out: a version becomes the current one, an asset is withdrawn and offered again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.vi.assets import VIAsset
from brand.vi.previews import ask_for_previews
from brand.vi.versions import VIFile, VIVersion
from changes import outbox

CMYK = "cmyk"  # stands among the formats: it is what a printer looks for


class NothingToPublish(ValueError):
    """The version has no files."""


class AlreadyPublished(ValueError):
    """Somebody published the version a moment ago."""


class NotLike(ValueError):
    """The asset is in that state already."""


def formats_of(files: Iterable[VIFile]) -> str:
    """Return the formats of files between bars, as `VIAsset.formats` keeps them: |ai|cmyk|pdf|."""
    found = {file.format for file in files}
    if any(file.is_cmyk for file in files):
        found.add(CMYK)
    return "".join(f"|{name}" for name in sorted(found)) + "|"


def publish_version(*, version: VIVersion, by: User | None, at: datetime) -> None:
    """Make `version` the current one; a draft of an asset is published with it.

    Raises:
        NothingToPublish: it has no files.
        AlreadyPublished: of two officers, the other was first.
    """
    with transaction.atomic():
        asset = VIAsset.objects.select_for_update().select_related("region").get(pk=version.asset_id)
        files = list(version.files.all())
        if not files:
            raise NothingToPublish(_("Add at least one file first."))
        if VIVersion.objects.get(pk=version.pk).is_published:
            raise AlreadyPublished(_("Version %(number)s is published already.") % {"number": version.number})
        asset.versions.filter(current=True).update(current=False)
        version.current, version.published_at = True, at
        version.save(update_fields=["current", "published_at", "notes"])
        asset.formats = formats_of(files)
        asset.state = VIAsset.State.PUBLISHED
        asset.save(update_fields=["formats", "state", "changed_at"])
        record_act(asset, "version_published", by=by, at=at, note=version.notes, detail=_version(version))
        outbox.record(asset, region=asset.region.slug)
        if version.preview != VIVersion.Preview.READY:
            ask_for_previews([version])


def withdraw_asset(*, asset: VIAsset, reason: str, by: User | None, at: datetime) -> None:
    """Take the asset out of the library: nobody downloads it any more, from this moment on.

    Raises:
        NotLike: it is not in the library.
    """
    _turn(asset, VIAsset.State.PUBLISHED, VIAsset.State.WITHDRAWN, "withdrawn", reason=reason, by=by, at=at)


def offer_again(*, asset: VIAsset, reason: str, by: User | None, at: datetime) -> None:
    """Put a withdrawn asset back into the library.

    Raises:
        NotLike: it was not withdrawn.
    """
    _turn(asset, VIAsset.State.WITHDRAWN, VIAsset.State.PUBLISHED, "offered", reason=reason, by=by, at=at)


def _turn(
    asset: VIAsset, before: str, after: str, verb: str, *, reason: str, by: User | None, at: datetime
) -> None:
    with transaction.atomic():
        # compare-and-set: of two officers one turns it, the other is told
        if not VIAsset.objects.filter(pk=asset.pk, state=before).update(state=after, changed_at=at):
            raise NotLike(_("Somebody changed it meanwhile. Look at it again."))
        asset.state = after
        record_act(asset, verb, by=by, at=at, note=reason)
        outbox.record(asset, region=asset.region.slug)


def _version(version: VIVersion) -> dict[str, object]:
    return {"version": version.number, "files": [file.name for file in version.files.all()]}
