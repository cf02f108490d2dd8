"""Who sent a video up: exported, and forgotten with the account; the video stays with the county."""

from datetime import datetime
from typing import Any

from accounts.models import User
from training.models import Video, VideoUpload
from training.videos.uploading import path_of


def export(user: User) -> dict[str, Any]:
    """Return the videos the person sent up, and those on their way."""
    sent = Video.objects.filter(uploaded_by=user).values("title", "uploaded_at")
    begun = VideoUpload.objects.filter(user=user).values("title", "begun_at", "length", "arrived")
    return {"videos_sent_up": list(sent), "videos_on_their_way": list(begun)}


def keeps(user: User) -> list[str]:
    """Return nothing: that a video is there names nobody."""
    return []


def erase(*, user: User, at: datetime) -> None:
    """Take the name off and drop what did not arrive."""
    for upload in VideoUpload.objects.filter(user=user):
        path_of(upload).unlink(missing_ok=True)
        upload.delete()
    Video.objects.filter(uploaded_by=user).update(uploaded_by=None)
