"""Exams in templates: those of a course, and answers in words for the review of a paper."""

from django import template
from django.utils.translation import pgettext

from training.courses.course import CoursePage
from training.exams.attempts import AttemptItem
from training.exams.papers import Exam

register = template.Library()


@register.simple_tag
def given_in_words(item: AttemptItem) -> str:
    """Return what somebody answered, "" for nothing."""
    return _words(item, item.answer)


@register.simple_tag
def right_in_words(item: AttemptItem) -> str:
    """Return what was right."""
    return _words(item, item.right)


@register.simple_tag
def exams_of(course: CoursePage) -> list[Exam]:
    """Return the exams of a course that can be looked at. 1 query."""
    return list(Exam.objects.filter(course=course, lesson=None).exclude(state=Exam.State.DRAFT))


def _words(item: AttemptItem, keys: list[str]) -> str:
    if item.kind == "true_false":
        sides = {"yes": pgettext("statement", "Right"), "no": pgettext("statement", "Wrong")}
        return "".join(sides[key] for key in keys)
    options = dict(item.options)
    return " · ".join(options.get(key, key) for key in keys)
