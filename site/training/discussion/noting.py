"""Notes: written while somebody learns, thrown away by nobody else."""

from datetime import datetime

from django.utils.translation import gettext as _

from training.courses.lesson import LessonPage
from training.discussion.notes import Note
from training.discussion.refusals import NotSaid
from training.discussion.words import words_of
from training.learning.enrolments import Enrolment

MOST_NOTES = 500  # in one course


def write_note(
    *, enrolment: Enrolment, lesson: LessonPage, text: str, second: int | None, at: datetime
) -> Note:
    """Keep a note, at a second of the film or about the whole lesson.

    Raises:
        NotSaid: it is empty or too long, or there are too many.
    """
    words = words_of(text, most=Note.LONGEST)
    if Note.objects.filter(enrolment=enrolment).count() >= MOST_NOTES:
        raise NotSaid(_("There are %(most)s notes already. Delete one first.") % {"most": MOST_NOTES})
    return Note.objects.create(enrolment=enrolment, lesson=lesson, text=words, second=second, written_at=at)
