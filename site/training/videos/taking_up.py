"""Taking an upload up again: how much of it is here, and what its sender says of it by now."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from brand.models import Region
from changes import outbox
from training.videos.upload import VideoUpload
from training.videos.video import Video


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many of the bytes of an upload are here; with all of them, the video they became."""

    bytes: int
    length: int
    video: Video | None = None


def arrived(*, key: str, user: User) -> Arrived:
    """Return how far an upload is. At most two queries.

    Raises:
        VideoUpload.DoesNotExist: no such upload of this person, or its video is gone.
    """
    upload = VideoUpload.objects.filter(key=key, user=user).first()
    if upload is not None:
        return Arrived(upload.arrived, upload.length)
    video = video_of(key=key, user=user)
    return Arrived(video.source.size, video.source.size, video)


def video_of(*, key: str, user: User) -> Video:
    """Return what an upload of this person became: the video that has its key.

    Raises:
        VideoUpload.DoesNotExist: nothing did.
    """
    video = Video.objects.filter(key=key, uploaded_by=user).first()
    if video is None or not video.source.storage.exists(video.source.name or ""):
        raise VideoUpload.DoesNotExist(key)
    return video


def describe_again(*, key: str, user: User, region: Region, title: str, is_private: bool) -> None:
    """Write down what the sender says of an upload by now; who chose otherwise since it broke off is heard.

    Where the last part had come before it is said of the video, which stays with its county.

    Raises:
        VideoUpload.DoesNotExist: no such upload of this person.
    """
    facts = {"title": title.strip()[:80], "is_private": is_private}
    # the last part may arrive meanwhile: what is no upload any more is a video by then
    if VideoUpload.objects.filter(key=key, user=user).update(region=region, **facts):
        return
    video = video_of(key=key, user=user)
    with transaction.atomic():
        Video.objects.filter(pk=video.pk).update(**facts)
        outbox.record(video, region=video.region.slug)
