"""Pictures of the library: who sees which, when they are drawn, and what becomes of old ones.

They lie where everybody can read them, under names that cannot be guessed; so what is not public is only
ever kept small and marked. Large clean ones exist of public assets alone.
"""

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from brand.vi.assets import VIAsset
from brand.vi.drawing import LARGE, SMALL, CannotDraw, best_to_show, draw, encoded, marked
from brand.vi.versions import VIVersion
from changes import outbox

logger = logging.getLogger(__name__)
OVERDUE = timedelta(minutes=5)
_FOLDER = "vi/previews"


def ask_for_previews(versions: Iterable[VIVersion]) -> None:
    """Have the pictures of these versions drawn once the transaction is committed."""
    from brand.vi.tasks import draw_preview

    for version in versions:
        VIVersion.objects.filter(pk=version.pk).update(preview=VIVersion.Preview.PENDING)
        transaction.on_commit(partial(draw_preview.enqueue, version.pk))


def overdue_previews(*, at: datetime) -> QuerySet[VIVersion]:
    """Return versions whose picture should be there: a worker was stopped while it drew."""
    pending = VIVersion.objects.filter(preview=VIVersion.Preview.PENDING, files__isnull=False)
    return pending.filter(created_at__lt=at - OVERDUE).distinct()


def settle_previews(asset: VIAsset) -> None:
    """After its access has changed: take away pictures that show too much, and have all drawn anew.

    Call it in the transaction that changes the access.
    """
    wrong = list(asset.versions.filter(preview_marked=asset.is_public))
    for version in wrong:
        _replace(version, small="", large="", preview=VIVersion.Preview.PENDING)
    ask_for_previews(wrong)


def make_preview(version: VIVersion) -> None:
    """Draw the pictures of a version; what cannot be drawn is noted, and the page shows a placeholder.

    Drawing takes its time and stands outside of the transaction. An access that changes meanwhile is
    found at the end: then nothing is kept, and the change itself has asked for new ones.
    """
    asset = VIAsset.objects.select_related("region").get(pk=version.asset_id)
    try:
        picture = draw(best_to_show(list(version.files.all())))
    except CannotDraw as error:
        logger.warning("no picture of version %s of %s: %s", version.number, asset, error)
        _note_failure(version, asset, note=str(error))
        return
    small = _kept(encoded(picture if asset.is_public else marked(picture, of=asset.region.name), side=SMALL))
    large = _kept(encoded(picture, side=LARGE)) if asset.is_public else ""
    with transaction.atomic():
        now = VIAsset.objects.select_for_update().select_related("region").get(pk=asset.pk)
        if now.is_public != asset.is_public:
            _forget([small, large])
            return
        _replace(
            version,
            small=small,
            large=large,
            preview=VIVersion.Preview.READY,
            preview_note="",
            preview_marked=not asset.is_public,
            preview_width=picture.width,
            preview_height=picture.height,
        )
        outbox.record(asset, region=now.region.slug)


def _note_failure(version: VIVersion, asset: VIAsset, *, note: str) -> None:
    words = _("No picture could be drawn: %(why)s") % {"why": note}
    with transaction.atomic():
        _replace(
            version,
            small="",
            large="",
            preview=VIVersion.Preview.FAILED,
            preview_note=words,
            preview_marked=not asset.is_public,
        )
        outbox.record(asset, region=asset.region.slug)


def _replace(version: VIVersion, *, small: str, large: str, **fields: object) -> None:
    """Point the version at other pictures; those it had are deleted once that is certain."""
    held = VIVersion.objects.filter(pk=version.pk)
    old = held.values_list("preview_small", "preview_large").get()
    held.update(preview_small=small, preview_large=large, **fields)
    transaction.on_commit(lambda: _forget(old))


def _kept(content: bytes) -> str:
    return default_storage.save(f"{_FOLDER}/{secrets.token_hex(12)}.webp", ContentFile(content))


def _forget(names: Iterable[str]) -> None:
    for name in names:
        if name:
            default_storage.delete(name)
