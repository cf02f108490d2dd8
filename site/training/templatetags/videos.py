"""Videos in templates. `{% load videos %}`."""

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from training.learning.enrolments import Enrolment
from training.videos.playing import Film, film_for
from training.videos.transcript import Paragraph, transcript_of
from training.videos.video import Video

register = template.Library()


@register.simple_tag
def film(video: Video, enrolment: Enrolment | None = None) -> Film:
    """Give the addresses of a video, for the person of the enrolment: `{% film video enrolment as film %}`.

    The session is not looked at: the page of a preview is the same for everybody, and kept.
    """
    person = (enrolment.trainee.user_id or 0) if enrolment else 0
    return film_for(video, person=person, at=timezone.now())


@register.simple_tag
def transcript(video: Video) -> list[Paragraph]:
    """Give what is said in a video, in the language of the page where there is one."""
    return transcript_of(video, language=get_language() or "")
