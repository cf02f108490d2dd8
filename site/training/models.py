"""Courses, their lessons and their list. Every county has one list at /training/."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.blocks import STORY_BLOCKS
from cms.models import BasePage

COURSES_A_PAGE = 12
TAKEN_SLUGS = {"certificates"}  # /training/certificates/<number>/ checks a certificate


class Kind(models.TextChoices):
    """What a course is for: the five kinds person-times are counted by."""

    BASICS = "basics", _("basics")
    POLICY = "policy", _("policy")
    SKILLS = "skills", _("hands-on skills")
    LIVE = "live", _("video and live selling")
    CROSS_BORDER = "cross_border", _("cross-border trade")


class TrainingIndexPage(BasePage):
    """The list of courses of a county."""

    intro = models.CharField(
        _("line under the title"), max_length=80, blank=True, help_text=_("One short sentence, or nothing.")
    )

    template = "training/index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training.CoursePage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("course list")
        verbose_name_plural = _("course lists")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a course or one of its lessons.

        Raises:
            Http404: no public page there.
        """
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        course = CoursePage.objects.child_of(self).filter(slug=slug).select_related("image").first()
        if course is None:
            raise Http404
        course.index = self
        return course.route(request, rest)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of courses, of the kind asked for."""
        from training.queries import courses_under, with_length

        kind = request.GET.get("kind", "")
        kind = kind if kind in Kind.values else ""
        page = Paginator(courses_under(self, kind=kind), COURSES_A_PAGE).get_page(request.GET.get("page"))
        page.object_list = with_length(list(page.object_list))
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [(self.title, "")],
            "courses": page,
            "kinds": Kind.choices,
            "kind": kind,
        }


class CoursePage(BasePage):
    """A course; its lessons are the pages below it, in their order."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.BASICS)
    intro = models.CharField(
        _("summary"), max_length=120, help_text=_("What one can do afterwards, in one or two sentences.")
    )
    audience = models.CharField(
        _("for whom"), max_length=60, blank=True, help_text=_("Growers, shop owners, officials …")
    )
    teacher = models.CharField(_("teacher"), max_length=40, blank=True)
    teacher_about = models.CharField(
        _("teacher's qualification"),
        max_length=200,
        blank=True,
        help_text=_("What makes this person the one to ask: profession, title, what they have done."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
    )
    art = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        help_text=_("Stands in for a cover picture: name of a drawing of the county."),
    )
    body = StreamField(STORY_BLOCKS, verbose_name=_("about the course"), blank=True)

    template = "training/course.html"
    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types = ["training.LessonPage"]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.SearchField("teacher"),
        index.FilterField("kind"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("audience")]),
        MultiFieldPanel([FieldPanel("teacher"), FieldPanel("teacher_about")], heading=_("Teacher")),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("art")], heading=_("Cover")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @cached_property
    def index(self) -> TrainingIndexPage:
        """Return the list it belongs to; routing has set it already."""
        return self.get_parent().specific

    def clean(self) -> None:
        """Refuse addresses that mean something else.

        Raises:
            ValidationError: on the slug.
        """
        super().clean()
        if self.slug in TAKEN_SLUGS:
            raise ValidationError({"slug": _("This address is taken: certificates are checked there.")})

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a lesson; a course that is not public has none.

        Raises:
            Http404: no public page there.
        """
        if not path_components:
            return super().route(request, path_components)
        lesson = None
        if self.live and len(path_components) == 1:
            lesson = LessonPage.objects.live().child_of(self).filter(slug=path_components[0]).first()
        if lesson is None:
            raise Http404
        lesson.course = self
        return RouteResult(lesson)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the lessons."""
        from training.queries import lessons_of

        lessons = lessons_of(self)
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [(self.index.title, self.index.get_url(request)), (self.title, "")],
            "description": self.search_description or self.intro,
            "lessons": lessons,
            "minutes": sum(lesson.minutes for lesson in lessons),
        }


class LessonPage(BasePage):
    """A lesson: what is read, and from the training issue on, watched."""

    section = models.CharField(
        _("section"),
        max_length=40,
        blank=True,
        help_text=_("Lessons after each other with the same section stand under one heading."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10, validators=[MinValueValidator(1)])
    body = StreamField(STORY_BLOCKS, verbose_name=pgettext_lazy("lesson", "text"), blank=True)

    template = "training/lesson.html"
    parent_page_types = ["training.CoursePage"]
    subpage_types: list[str] = []
    search_fields = [*BasePage.search_fields, index.SearchField("section"), index.SearchField("body")]
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("section"), FieldPanel("minutes")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @cached_property
    def course(self) -> CoursePage:
        """Return the course it belongs to; routing has set it already."""
        return self.get_parent().specific

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the course, all of its lessons, and those before and after this one."""
        from training.queries import lessons_of, neighbours

        lessons = lessons_of(self.course)
        before, after = neighbours(self, lessons)
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": self._trail(request),
            "course": self.course,
            "lessons": lessons,
            "number": next((place for place, lesson in enumerate(lessons, 1) if lesson.pk == self.pk), None),
            "before": before,
            "after": after,
        }

    def _trail(self, request: HttpRequest) -> list[tuple[str, str]]:
        above = [self.course.index, self.course]
        return [*((page.title, page.get_url(request)) for page in above), (self.title, "")]
