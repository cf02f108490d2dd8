"""Conversion: takes one video after the other, looks into it, makes what is played.

Who works on a video gives a sign of life every second (`taken_at`). One that gave none for a while was
killed: the video is taken up again from the start, three times at most. What was half made lies in a folder
of its own and is thrown away.
"""

import logging
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from brand.private import private_storage
from changes import outbox
from lib.video_facts import NotAVideo, VideoFacts, look_into
from training.videos import renditions
from training.videos.ffmpeg import ConversionFailed, Stopped
from training.videos.limits import judge
from training.videos.renditions import Plan, plans_for
from training.videos.video import Rendition, Video, folder_of

DEAD_AFTER: Final = timedelta(seconds=45)
MOST_ATTEMPTS: Final = 3
_SLOWEST: Final = 10  # times its length a video may take
_AT_LEAST: Final = 600.0  # s
_MAKING: Final = "making-"

log = logging.getLogger(__name__)


def take_next(*, at: datetime) -> Video | None:
    """Take the video that waits longest, or one whose worker died; None where there is none.

    Compare-and-set on the sign of life: of two workers one gets it. While somebody is at work on another
    nothing is taken: the machine has pages to serve.
    """
    open_ones = Video.objects.filter(state__in=Video.IN_WORK)
    if open_ones.filter(taken_at__gt=at - DEAD_AFTER).exists():
        return None
    for video in open_ones.order_by("uploaded_at", "pk"):
        untouched = Video.objects.filter(pk=video.pk, state__in=Video.IN_WORK, taken_at=video.taken_at)
        if untouched.update(
            state=Video.State.CHECKING, taken_at=at, attempts=F("attempts") + 1, progress=0, error=""
        ):
            video.refresh_from_db()
            return video
    return None


def convert(*, video: Video, now: Callable[[], datetime] = timezone.now) -> None:
    """Look into a video that was taken, make what is played, and say how it ended.

    Raises:
        Stopped: the video was taken away meanwhile; nothing of it was changed.
    """
    job = _Job(video, now)
    try:
        if video.attempts > MOST_ATTEMPTS:
            raise NotAVideo(_("It could not be converted in three attempts. Send it in another format."))
        job.run()
    except NotAVideo as refused:
        job.refuse(str(refused.reason))
    except ConversionFailed as failed:
        log.warning("video %s cannot be converted: %s", video.key, failed)
        job.refuse(_("The video is damaged or in a format that cannot be converted."))
    finally:
        job.clear()


class _Job:
    """One video in work."""

    def __init__(self, video: Video, now: Callable[[], datetime]) -> None:
        self.video = video
        self.now = now
        self.taken_at = video.taken_at
        self.home = Path(private_storage().path(folder_of(video.key)))
        self.folder = self.home / f"{_MAKING}{video.attempts}"

    def run(self) -> None:
        self.clear()
        self.folder.mkdir(parents=True)
        source = Path(self.video.source.path)
        if not source.is_file():
            raise NotAVideo(_("The file is not there any more. Send it again."))
        facts = look_into(source)
        judge(facts)
        self._sign(state=Video.State.CONVERTING)
        plans = plans_for(facts)
        self._make(source, facts, plans)
        self._finish(look_into(self.folder / f"{plans[-1].height}.mp4"), plans)

    def _make(self, source: Path, facts: VideoFacts, plans: list[Plan]) -> None:
        limit = max(_AT_LEAST, facts.seconds * _SLOWEST)
        whole = sum(plan.width * plan.height for plan in plans)
        done = 0.0
        for plan in plans:
            share = plan.width * plan.height / whole
            watch = self._watch(facts.seconds, done, share)
            mp4 = renditions.make_mp4(
                source=source, kind=facts.kind, plan=plan, folder=self.folder, seconds=limit, watch=watch
            )
            done += share
            still = self._watch(0, done, 0)
            renditions.make_parts(mp4=mp4, folder=self.folder, seconds=limit, watch=still)
        renditions.make_poster(mp4=mp4, folder=self.folder, at=facts.seconds / 4)
        renditions.write_master(plans=plans, folder=self.folder)

    def _watch(self, seconds: float, done: float, share: float) -> Callable[[float], bool]:
        def watch(second: float) -> bool:
            part = min(1.0, second / seconds) if seconds else 0
            return self._sign(progress=min(99, int(100 * (done + share * part))))

        return watch

    def _sign(self, **facts: object) -> bool:
        """Write down what is known, with a sign of life; False where the video is somebody else's now."""
        at = self.now()
        mine = Video.objects.filter(pk=self.video.pk, taken_at=self.taken_at)
        if not mine.update(taken_at=at, **facts):
            return False
        self.taken_at = at
        return True

    def _finish(self, facts: VideoFacts, plans: list[Plan]) -> None:
        """Put what was made in its place, then say that it is ready."""
        judge(facts)
        made = [
            Rendition(
                video=self.video,
                height=plan.height,
                width=plan.width,
                size=(self.folder / f"{plan.height}.mp4").stat().st_size,
            )
            for plan in plans
        ]
        if not self._sign():
            raise Stopped
        for file in self.folder.iterdir():
            file.replace(self.home / file.name)
        with transaction.atomic():
            Rendition.objects.filter(video=self.video).delete()
            Rendition.objects.bulk_create(made)
            known = {"seconds": round(facts.seconds) or 1, "width": facts.width, "height": facts.height}
            self._sign(state=Video.State.READY, progress=100, error="", has_sound=facts.has_sound, **known)
            # lessons that show it say so and how long it is
            outbox.record(self.video, region=self.video.region.slug)

    def refuse(self, reason: str) -> None:
        self._sign(state=Video.State.FAILED, error=reason[:300])

    def clear(self) -> None:
        for left in self.home.glob(f"{_MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
