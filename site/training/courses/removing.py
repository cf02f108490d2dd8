"""Deleting pages of courses: not while what somebody learnt rests on them."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page

from training.courses.course import CoursePage
from training.courses.lesson import LessonPage
from training.learning.trainees import Trainee


class SomebodyLearns(ValueError):
    """The pages stay; the text says for how many people, and what to do instead."""


def refuse_where_somebody_learns(pages: Sequence[Page]) -> None:
    """Refuse to delete courses somebody took part in and lessons somebody began. One query.

    Also who left counts: what was learnt is kept, should they come back. Unpublishing takes nothing away.

    Raises:
        SomebodyLearns: somebody did in one of the pages, or in one below.
    """
    here = reduce(or_, (Q(path__startswith=page.path) for page in pages))
    courses, lessons = CoursePage.objects.filter(here), LessonPage.objects.filter(here)
    learn = Q(enrolments__course__in=courses) | Q(enrolments__progress__lesson__in=lessons)
    if count := Trainee.objects.filter(learn).distinct().count():
        raise SomebodyLearns(
            ngettext(
                "It stays: %(count)d person has learnt here, and with the page went what they learnt. "
                "Unpublish it, or close enrolling.",
                "It stays: %(count)d people have learnt here, and with the page went what they learnt. "
                "Unpublish it, or close enrolling.",
                count,
            )
            % {"count": count}
        )


@hooks.register("before_delete_page")
def stays(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead back to the page, and say why it stays."""
    return _said(request, [page], "wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def stay(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Lead to the pages, and say why none of those chosen goes."""
    if action_type != "delete" or not objects or not isinstance(objects[0], Page):
        return None
    return _said(request, objects, "wagtailadmin_explore", objects[0].get_parent().pk)


def _said(request: HttpRequest, pages: Sequence[Page], back: str, pk: int) -> HttpResponse | None:
    try:
        refuse_where_somebody_learns(pages)
    except SomebodyLearns as reason:
        messages.error(request, str(reason))
        return redirect(back, pk)
    return None
