"""A course as schema.org tells it: Course with its CourseInstance."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from cms.structured import breadcrumb_list, organization
from lib.jsonld import jsonld_block
from training.courses.course import CoursePage
from training.teachers.page import TeacherPage


def course_data(
    course: CoursePage,
    request: HttpRequest,
    trail: Iterable[tuple[str, str]],
    *,
    minutes: int,
    teachers: Sequence[TeacherPage],
) -> SafeString:
    """Return the Course and where it stands. No query where its pictures are read along."""
    told = course_facts(course, request, minutes=minutes, teachers=teachers)
    return jsonld_block(told) + jsonld_block(breadcrumb_list(trail, request))


def course_facts(
    course: CoursePage, request: HttpRequest, *, minutes: int, teachers: Sequence[TeacherPage]
) -> dict[str, Any]:
    """Return the Course: it costs nothing, and is learnt at any time."""
    url = request.build_absolute_uri(course.get_url(request) or request.path)
    return {
        "@type": "Course",
        "@id": f"{url}#course",
        "url": url,
        "name": course.shown_title,
        "alternateName": course.title if course.shown_title != course.title else course.title_en,
        "description": course.shown_intro,
        "provider": organization(getattr(request, "region", None), request),
        "inLanguage": "en" if course.in_english else "zh-Hans",
        "about": str(course.get_kind_display()),
        "teaches": course.outcome_lines,
        "audience": {"@type": "Audience", "audienceType": course.audience},
        "isAccessibleForFree": True,
        "educationalCredentialAwarded": "Certificate" if course.certificate else "",
        "offers": {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "CNY"},
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Blended" if course.needs_class else "Online",
            "courseWorkload": f"PT{max(minutes, 1)}M",
            "instructor": _instructors(course, teachers, request),
        },
    }


def _instructors(
    course: CoursePage, teachers: Sequence[TeacherPage], request: HttpRequest
) -> list[dict[str, str]]:
    named = [
        {
            "@type": "Person",
            "name": teacher.title,
            "jobTitle": teacher.profession,
            "url": request.build_absolute_uri(teacher.get_url(request) or "/"),
        }
        for teacher in teachers
    ]
    if named or not course.teacher:
        return named
    return [{"@type": "Person", "name": course.teacher, "description": course.teacher_about}]
