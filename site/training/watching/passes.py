"""The pass: what a page shows with each beat, signed, so that nobody looks the session up.

It names one trainee in one lesson and says how long that is; a page cannot change any of it. It is made
for who is signed in and enrolled (`training.desk.state`) and good for a day at the desk.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from training.courses.kinds import LessonKind
from training.courses.lesson import LessonPage
from training.learning.enrolments import Enrolment
from training.videos.video import Video

GOOD_FOR = timedelta(hours=12)
READING_SHARE = 0.3
"""So much of the minutes a text is said to take has to be spent on it: people read at different speeds."""

LOST_BETWEEN = 2_000
"""Milliseconds of a film that may be lost between two words of the page: all of it can never be told."""

_SALT = "training.watching"


class PassRefused(ValueError):
    """Not signed by us, or too long ago."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One trainee in one lesson: its length and how much of it makes it done, in milliseconds."""

    trainee: int
    enrolment: int
    lesson: int
    length: int
    needed: int
    must_reach_end: bool


def pass_for(*, enrolment: Enrolment, lesson: LessonPage, needs_watching: int) -> Pass:
    """Return what the page of a lesson may show for that enrolment.

    `needs_watching` is the share, in per cent, that the course demands of a film. Every other lesson is
    read: its end has to be reached and some time spent on it.
    """
    film = playable(lesson)
    spared = LOST_BETWEEN if film else 0
    length = film.seconds * 1000 if film else lesson.minutes * 60_000
    share = needs_watching / 100 if film else READING_SHARE
    return Pass(
        trainee=enrolment.trainee_id,
        enrolment=enrolment.pk,
        lesson=lesson.pk,
        length=length,
        needed=max(0, min(round(length * share), length - spared)),
        must_reach_end=film is None,
    )


def is_counted(lesson: LessonPage) -> bool:
    """Tell whether time on a lesson counts: not for a quiz, which is answered, nor for a film yet to come."""
    return lesson.kind != LessonKind.QUIZ and (
        lesson.kind != LessonKind.VIDEO or playable(lesson) is not None
    )


def playable(lesson: LessonPage) -> Video | None:
    """Return the film of a lesson when it can be watched."""
    film = lesson.film if lesson.kind == LessonKind.VIDEO else None
    return film if film is not None and film.is_ready else None


def signed(shown: Pass) -> str:
    """Return it as a page carries it."""
    facts = [shown.trainee, shown.enrolment, shown.lesson, shown.length, shown.needed, shown.must_reach_end]
    return signing.dumps(facts, salt=_SALT)


def read_pass(token: str) -> Pass:
    """Return what a page shows.

    Raises:
        PassRefused: not signed by us, or too long ago.
    """
    try:
        return Pass(*signing.loads(token, salt=_SALT, max_age=GOOD_FOR))
    except signing.BadSignature as error:
        raise PassRefused from error
