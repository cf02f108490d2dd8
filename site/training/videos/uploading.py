"""Sending a video up part by part: what arrived stays, and whoever was cut off goes on from there.

The protocol is tus 1.0 (https://tus.io/protocols/resumable-upload); here is what it means to us.
"""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from brand.models import Region
from brand.private import private_storage
from lib.video_facts import HEAD, NotAVideo, kind_of
from training.videos.limits import MOST_BYTES, TOO_LARGE
from training.videos.taking_up import video_of
from training.videos.upload import VideoUpload
from training.videos.video import Video, source_path

KEPT: Final = timedelta(days=7)
MOST_OPEN: Final = 5  # of one person
MORE_THAN_ANNOUNCED: Final[Promise] = _("More arrived than was announced. Send the file again.")
_ROOM: Final = 3  # times its length: the original and what is made of it


class UploadRefused(ValueError):
    """The video is not taken; `reason` is a sentence for whoever sends it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)


class WrongOffset(ValueError):
    """A part does not begin where the last one ended; `arrived` says where that is, and `video` what was made
    of the whole, where the last part had come before."""

    def __init__(self, arrived: int, video: Video | None = None) -> None:
        super().__init__(f"{arrived} bytes have arrived")
        self.arrived = arrived
        self.video = video


def begin_upload(
    *, user: User, region: Region, title: str, is_private: bool, length: int, at: datetime
) -> VideoUpload:
    """Return a new upload of `length` bytes.

    Raises:
        UploadRefused: too large, no room, or too many are open.
    """
    if not 0 < length <= MOST_BYTES:
        raise UploadRefused(TOO_LARGE if length else _("The file is empty."))
    if VideoUpload.objects.filter(user=user).count() >= MOST_OPEN:
        raise UploadRefused(_("Five videos of yours are on their way. Finish or drop one of them first."))
    folder = _folder()
    if shutil.disk_usage(folder).free < length * _ROOM:
        raise UploadRefused(_("There is no room for a video of this size. Tell whoever runs the site."))
    return VideoUpload.objects.create(
        user=user,
        region=region,
        title=title.strip()[:80],
        is_private=is_private,
        length=length,
        begun_at=at,
        touched_at=at,
    )


def add_part(*, key: str, user: User, offset: int, data: bytes, at: datetime) -> tuple[int, Video | None]:
    """Keep a part that begins at `offset`; return how much arrived and, with the last, the video.

    Who sends the last part again, because the answer to it was lost, is told of the video it made.

    Raises:
        VideoUpload.DoesNotExist: no such upload of this person.
        WrongOffset: the part begins elsewhere.
        UploadRefused: it is no video, or longer than announced; the upload is dropped.
    """
    try:
        return _add(key, user, offset, data, at)
    except VideoUpload.DoesNotExist:
        video = video_of(key=key, user=user)
    if offset != video.source.size:
        raise WrongOffset(video.source.size, video)
    if data:
        raise UploadRefused(MORE_THAN_ANNOUNCED)
    return offset, video


def _add(key: str, user: User, offset: int, data: bytes, at: datetime) -> tuple[int, Video | None]:
    """Do so with an upload that is not whole.

    The row is locked while a part is written (4 MB at most): two windows that send the same file at once
    would write into each other, and the slower one is told where to go on.
    """
    refused: UploadRefused | None = None
    video = None
    with transaction.atomic():
        upload = VideoUpload.objects.select_for_update().select_related("region").get(key=key, user=user)
        if offset != upload.arrived:
            raise WrongOffset(upload.arrived)
        try:
            _write(upload, data)
            upload.touched_at = at
            upload.save(update_fields=["arrived", "touched_at"])
            video = _finish(upload, at) if upload.arrived == upload.length else None
        except UploadRefused as reason:
            # the row goes for good: a refusal must not take that back
            refused = reason
            upload.delete()
    if refused:
        path_of(upload).unlink(missing_ok=True)
        raise refused
    return upload.arrived, video


def drop_upload(*, key: str, user: User) -> None:
    """Forget an upload with what arrived of it.

    Raises:
        VideoUpload.DoesNotExist: no such upload of this person.
    """
    upload = VideoUpload.objects.get(key=key, user=user)
    upload.delete()
    path_of(upload).unlink(missing_ok=True)


def forget_old_uploads(*, at: datetime) -> int:
    """Drop what nobody went on with for a week; return how many."""
    old = list(VideoUpload.objects.filter(touched_at__lt=at - KEPT))
    for upload in old:
        upload.delete()
        path_of(upload).unlink(missing_ok=True)
    return len(old)


def path_of(upload: VideoUpload) -> Path:
    """Return the file in which an upload arrives."""
    return _folder() / upload.key


def _folder() -> Path:
    folder = Path(private_storage().path("uploads"))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _write(upload: VideoUpload, data: bytes) -> None:
    if upload.arrived + len(data) > upload.length:
        raise UploadRefused(MORE_THAN_ANNOUNCED)
    if upload.arrived < HEAD:
        _judge_head(upload, data)
    file = os.open(path_of(upload), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(file, data, upload.arrived)
    finally:
        os.close(file)
    upload.arrived += len(data)


def _judge_head(upload: VideoUpload, data: bytes) -> None:
    """Refuse what is no video as soon as it shows: nobody sends two gigabytes for nothing."""
    path = path_of(upload)
    head = (path.read_bytes()[: upload.arrived] if upload.arrived else b"") + data[:HEAD]
    if len(head) < min(HEAD, upload.length):
        return
    try:
        kind_of(head)
    except NotAVideo as error:
        raise UploadRefused(error.reason) from error


def _finish(upload: VideoUpload, at: datetime) -> Video:
    """Make the video of an upload that is whole; the worker takes it from there.

    It keeps the key of the upload: so it is found by whoever did not hear that the last part came. The file
    is moved last: until then what was written is taken back with the rows.
    """
    video = Video(
        key=upload.key,
        region=upload.region,
        title=upload.title,
        is_private=upload.is_private,
        uploaded_at=at,
        uploaded_by_id=upload.user_id,
    )
    video.source.name = source_path(video, "")
    arrived, place = path_of(upload), Path(video.source.path)
    place.parent.mkdir(parents=True, exist_ok=True)
    video.save()
    upload.delete()
    arrived.replace(place)
    return video
