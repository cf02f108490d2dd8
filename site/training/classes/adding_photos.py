"""Photos of a class: read by content, kept without what the camera wrote, shown only when it is said."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from changes import outbox
from training.classes.photos import ClassPhoto
from training.classes.refusals import ClassRefused
from training.classes.training_class import TrainingClass

MOST_PHOTOS = 60
PHOTOGRAPHED = "photographed"


def add_photos(
    *,
    training_class: TrainingClass,
    pictures: Iterable[ContentFile],
    caption: str,
    is_public: bool,
    by: User | None,
    at: datetime,
) -> int:
    """Keep photos (already read by `lib.pictures`) and return how many are new; the same twice is once.

    Raises:
        ClassRefused: too many.
    """
    by_digest = {hashlib.sha256(picture.read()).hexdigest(): picture for picture in pictures}
    known = training_class.photos.filter(digest__in=by_digest).values_list("digest", flat=True)
    new = {digest: picture for digest, picture in by_digest.items() if digest not in set(known)}
    if training_class.photos.count() + len(new) > MOST_PHOTOS:
        raise ClassRefused(_("A class keeps at most 60 photos."))
    for digest, picture in new.items():
        picture.seek(0)
        ClassPhoto.objects.create(
            training_class=training_class,
            file=picture,
            caption=caption.strip(),
            is_public=is_public,
            digest=digest,
            added_by=by,
            added_at=at,
        )
    _tell(training_class, by=by, at=at, detail={"photos": len(new)})
    return len(new)


def show_photo(*, photo: ClassPhoto, shown: bool, by: User, at: datetime) -> None:
    """Show a photo on the site, or take it off."""
    photo.is_public = shown
    photo.save(update_fields=["is_public"])
    _tell(photo.training_class, by=by, at=at, detail={"photo": photo.pk, "shown": shown})


def remove_photo(*, photo: ClassPhoto, by: User, at: datetime) -> None:
    """Delete a photo with its file: somebody in it asked for that."""
    training_class, name = photo.training_class, str(photo.file.name)
    with transaction.atomic():
        photo.delete()
        transaction.on_commit(lambda: photo.file.storage.delete(name))
        _tell(training_class, by=by, at=at, detail={"photo": "removed"})


def _tell(training_class: TrainingClass, *, by: User | None, at: datetime, detail: dict[str, object]) -> None:
    activity = training_class.activity
    with transaction.atomic():
        record_act(training_class, PHOTOGRAPHED, by=by, at=at, detail=detail)
        outbox.record(activity, region=activity.region.slug)
