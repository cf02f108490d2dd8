"""Converting a video again: after a mistake of ours, or when a format changed."""

from django.utils.translation import gettext as _

from training.videos.video import Video


class NotNow(ValueError):
    """It is being converted already; the text says so."""


def convert_again(*, video: Video) -> None:
    """Put a video back in the queue; lessons say that it is being prepared until it is ready.

    Raises:
        NotNow: somebody is at it.
    """
    done = Video.objects.filter(pk=video.pk, state__in=[Video.State.FAILED, Video.State.READY])
    if not done.update(state=Video.State.UPLOADED, taken_at=None, attempts=0, progress=0, error=""):
        raise NotNow(_("It is being converted already."))
