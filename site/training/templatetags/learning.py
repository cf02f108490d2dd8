"""How a visitor stands in a course. Who has no session is nobody: the page is the same for all of them."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context

from training.courses.course import CoursePage
from training.courses.lesson import LessonPage
from training.learning.desk import enrolment_of
from training.learning.enrolments import Enrolment
from training.watching.showing import shown_on_page

register = template.Library()


@register.simple_tag(takes_context=True)
def my_enrolment(context: Context, course: CoursePage) -> Enrolment | None:
    """Return how the visitor stands in a course: `{% my_enrolment course as mine %}`."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return enrolment_of(request.user, course.pk) if request.user.is_authenticated else None


@register.simple_tag
def learning_here(enrolment: Enrolment, lesson: LessonPage) -> dict[str, Any] | None:
    """Return what the page of a lesson carries for who learns there."""
    return shown_on_page(enrolment=enrolment, lesson=lesson)


@register.simple_tag(takes_context=True)
def elsewhere(context: Context, course: CoursePage) -> str:
    """Return the address of the site of another county where a course is of that one; nothing where it is
    here."""
    parts = course.get_url_parts(context["request"])
    region = context["request"].region
    is_here = parts is None or (region is not None and parts[0] == region.site_id)
    return "" if is_here else parts[1]


@register.simple_tag
def course_percent(enrolment: Enrolment) -> int:
    """Return how much of a course is done, in per cent."""
    from training.learning.progress import course_states

    return course_states([enrolment])[enrolment.pk].percent


@register.filter
def film_clock(seconds: int) -> str:
    """Write a place in a film: 75 seconds are 1:15."""
    return f"{seconds // 60}:{seconds % 60:02d}"
