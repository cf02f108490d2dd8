"""Taking a video away, with everything that was made of it."""

import shutil
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from brand.private import private_storage
from changes import outbox
from changes.models import Change
from training.courses.lesson import LessonPage
from training.videos.video import Video, folder_of


class VideoInUse(ValueError):
    """Lessons show it; the text names them."""


def lessons_with(video: Video) -> list[LessonPage]:
    """Return the lessons that show a video. One query."""
    return list(LessonPage.objects.filter(film=video).order_by("path"))


def remove_video(*, video: Video) -> None:
    """Delete a video and its files.

    Raises:
        VideoInUse: a lesson shows it.
    """
    with transaction.atomic():
        if lessons := lessons_with(video):
            titles = "、".join(lesson.title for lesson in lessons)
            raise VideoInUse(_("It stays: lessons show it (%(lessons)s).") % {"lessons": titles})
        outbox.record(video, Change.Kind.DELETED, region=video.region.slug)
        folder = Path(private_storage().path(folder_of(video.key)))
        video.delete()
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))
