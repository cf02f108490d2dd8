"""What a certificate says, frozen when it is issued, and the check word that is made from it."""

import hashlib
import json
from secrets import token_hex
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from brand.models import Region
from cms.changes import region_of_path
from training.certificates.terms import signed_by
from training.courses.queries import lessons_of
from training.models import CoursePage, Enrolment

Words = dict[str, Any]
MINUTES_OF_AN_HOUR = 45  # a 学时 (class hour) of Chinese schooling


def county_of(course: CoursePage) -> Region:
    """Return the county on whose site the course stands. Up to 2 queries.

    Raises:
        Region.DoesNotExist: the site belongs to no county.
    """
    return Region.objects.get(slug=region_of_path(course.url_path))


def words_of(enrolment: Enrolment, *, region: Region) -> Words:
    """Return what a certificate issued now would say. 2 queries beside those of the enrolment's parts."""
    course = enrolment.course
    return {
        "name": enrolment.trainee.name,
        "course": course.title,
        "kind": course.kind,
        "minutes": _minutes(course),
        "learnt_on": timezone.localdate(enrolment.completed_at).isoformat(),
        "issuer": signed_by(region),
        "county": region.full_name,
        "teacher": course.teacher,
        # without it the check word would tell who tries all given names whether one is the holder's
        "salt": token_hex(8),
    }


def _minutes(course: CoursePage) -> int:
    """Return the length of a course: as its teacher states it in class hours, else that of its lessons."""
    if course.hours is not None:
        return round(course.hours * MINUTES_OF_AN_HOUR)
    return sum(lesson.minutes for lesson in lessons_of(course))


def length(words: Words) -> str:
    """Return the length in class hours of 45 minutes; a shorter course is not made longer than it is."""
    minutes = words["minutes"]
    if minutes < MINUTES_OF_AN_HOUR:
        return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
    hours = round(minutes / MINUTES_OF_AN_HOUR)
    return ngettext("%(hours)s class hour", "%(hours)s class hours", hours) % {"hours": hours}


def check_word(number: str, words: Words) -> str:
    """Return the sixteen signs that stand on the paper and on the public page: 64 bits of SHA-256."""
    text = json.dumps([number, words], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signs = hashlib.sha256(text.encode()).hexdigest()[:16].upper()
    return " ".join(signs[start : start + 4] for start in range(0, 16, 4))
