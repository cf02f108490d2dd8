"""The forms courses and lessons are written with: what can be chosen, and what contradicts itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from training.courses.parts import Prerequisite


class CourseForm(WagtailAdminPageForm):
    """A course: courses that come before each other would let nobody in."""

    def clean(self) -> dict[str, Any]:
        """Refuse a course before this one that this one comes before."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        rows = self.formsets.get("prerequisites")
        if self.instance.pk is None or rows is None or not rows.is_valid():
            return cleaned
        for row in rows.cleaned_data:
            required = row.get("required")
            if required and not row.get("DELETE") and comes_before(self.instance.pk, required.pk):
                raise forms.ValidationError(
                    _("“%(course)s” builds on this course itself: neither could be begun.")
                    % {"course": required.title}
                )
        return cleaned


class LessonForm(WagtailAdminPageForm):
    """A lesson: only materials of its own course can be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course: Page | None = self.parent_page
        if "material" in self.fields and course is not None:
            field = self.fields["material"]
            field.queryset = field.queryset.filter(course_id=course.pk)


def comes_before(course: int, other: int) -> bool:
    """Tell whether `course` has to be completed, by whatever way, before `other`. A query for each step."""
    seen, step = set(), {other}
    while step:
        if course in step:
            return True
        seen |= step
        held = Prerequisite.objects.filter(course__in=step).values_list("required_id", flat=True)
        step = set(held) - seen
    return False
