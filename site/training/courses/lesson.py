"""A lesson of a course."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import STORY_BLOCKS
from cms.models import BasePage
from training.courses.blocks import SLIDE_BLOCKS
from training.courses.forms import LessonForm
from training.courses.kinds import LessonKind
from training.courses.panels import LESSON_PANELS

if TYPE_CHECKING:
    from training.courses.course import CoursePage
    from training.materials.models import MaterialEdition


class LessonPage(BasePage):
    """A lesson: what is watched, read, leafed through, filled in or asked, by its kind."""

    kind = models.CharField(
        pgettext_lazy("of a lesson", "made of"), max_length=12, choices=LessonKind, default=LessonKind.TEXT
    )
    section = models.CharField(
        _("section"),
        max_length=40,
        blank=True,
        help_text=_("Lessons after each other with the same section stand under one heading."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10, validators=[MinValueValidator(1)])
    free_preview = models.BooleanField(
        _("open to everybody"), default=False, help_text=_("Can be seen without signing in.")
    )
    summary = models.CharField(
        _("in a sentence"),
        max_length=120,
        blank=True,
        help_text=_("Shown to those who are not enrolled yet, and in the list of short lessons."),
    )
    film = models.ForeignKey(
        "training.Video",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lessons",
        verbose_name=pgettext_lazy("of lessons", "video"),
    )
    slides = StreamField(SLIDE_BLOCKS, verbose_name=_("slides"), blank=True)
    material = models.ForeignKey(
        "training.Material",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lessons",
        verbose_name=_("file"),
        help_text=_("For a lesson that is a file: one of the materials of this course."),
    )
    body = StreamField(STORY_BLOCKS, verbose_name=pgettext_lazy("lesson", "text"), blank=True)

    base_form_class = LessonForm
    template = "training/lesson.html"
    parent_page_types = ["training.CoursePage"]
    subpage_types: list[str] = []
    search_fields = [*BasePage.search_fields, index.SearchField("section"), index.SearchField("body")]
    content_panels = LESSON_PANELS

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @cached_property
    def course(self) -> "CoursePage":
        """Return the course it belongs to; routing has set it already."""
        return self.get_parent().specific

    @property
    def template_of_kind(self) -> str:
        """Return the part of the page that its kind shows."""
        return f"training/lessons/{self.kind}.html"

    @property
    def newest_edition(self) -> "MaterialEdition | None":
        """The file of a lesson that is one, as it was last given out. At most 2 queries."""
        return self.material.editions.first() if self.material else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the course, all of its lessons, those before and after, and what this visitor may see."""
        from training.courses.access import access_to
        from training.courses.queries import lessons_of, neighbours

        lessons = lessons_of(self.course)
        before, after = neighbours(self, lessons)
        access = access_to(self, request)
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": self._trail(request),
            "description": self.search_description or self.summary,
            "course": self.course,
            "lessons": lessons,
            "number": next((place for place, lesson in enumerate(lessons, 1) if lesson.pk == self.pk), None),
            "before": before,
            "after": after,
            "is_locked": not access.may_read,
            "enrolment": access.enrolment,
        }

    def _trail(self, request: HttpRequest) -> list[tuple[str, str]]:
        index, course = self.course.index, self.course
        return [
            (index.title, index.get_url(request)),
            (course.shown_title, course.get_url(request)),
            (self.title, ""),
        ]
