"""What a video of a lesson may be."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib.video_facts import NotAVideo, VideoFacts

MOST_BYTES: Final = 2 * 1024**3
MOST_SECONDS: Final = 2 * 60 * 60
LONGEST_SIDE: Final = 4096  # px
SHORTEST_SIDE: Final = 64  # px

TOO_LARGE: Final[Promise] = _("A video may have 2 GB at most. Two hours at 1080p fit into it.")
TOO_LONG: Final[Promise] = _(
    "The video lasts %(hours)s hours; two are the most. Cut it into lessons: nobody learns from the rest."
)


def judge(facts: VideoFacts) -> None:
    """Refuse what is too long, too large or too small to be a lesson.

    Raises:
        NotAVideo: saying why.
    """
    if facts.seconds > MOST_SECONDS:
        raise NotAVideo(TOO_LONG % {"hours": f"{facts.seconds / 3600:.1f}"})
    if 0 < facts.seconds < 1:
        raise NotAVideo(_("The video is shorter than a second."))
    if max(facts.width, facts.height) > LONGEST_SIDE:
        raise NotAVideo(_("The picture is wider or higher than 4096. Send it at 1080p."))
    if min(facts.width, facts.height) < SHORTEST_SIDE:
        raise NotAVideo(_("The picture is smaller than 64: nobody would see anything."))
