"""Work on videos that nobody waits for."""

import logging
import threading

from django.db import DatabaseError, connections
from django.utils import timezone
from django_tasks import task

from training.videos.conversion import convert, take_next
from training.videos.ffmpeg import Stopped
from training.videos.uploading import forget_old_uploads
from training.videos.video import Video

log = logging.getLogger(__name__)
_running = threading.Lock()


@task()
def convert_videos() -> None:
    """Begin with the videos that wait, in a thread of its own: a film takes as long as a hundred tasks."""
    if not _running.locked() and Video.objects.filter(state__in=Video.IN_WORK).exists():
        threading.Thread(target=_in_a_thread, name="videos", daemon=True).start()


def convert_waiting() -> None:
    """Convert what waits, one after the other; of two calls in one process the second does nothing."""
    if not _running.acquire(blocking=False):
        return
    try:
        while video := take_next(at=timezone.now()):
            try:
                convert(video=video)
            except Stopped:
                log.info("video %s was taken away while it was being converted", video.key)
    except DatabaseError:
        log.warning("the database is away; videos are converted later", exc_info=True)
    finally:
        _running.release()


def _in_a_thread() -> None:
    try:
        convert_waiting()
    finally:
        connections.close_all()  # they belong to the thread, which ends here


@task()
def forget_uploads() -> None:
    """Forget what was begun and never finished."""
    forget_old_uploads(at=timezone.now())
