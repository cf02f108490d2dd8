"""A course: a page with its lessons below."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.blocks import STORY_BLOCKS
from cms.models import BasePage
from training.courses.kinds import Kind
from training.courses.lesson import LessonPage

if TYPE_CHECKING:
    from training.courses.index import TrainingIndexPage

# /training/<word>/ that are no courses
TAKEN_SLUGS = {"certificates", "classes", "exams", "me", "talent", "teachers", "videos"}


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
    def index(self) -> "TrainingIndexPage":
        """Return the list it belongs to; routing has set it already."""
        return self.get_parent().specific

    def clean(self) -> None:
        """Refuse addresses that mean something else.

        Raises:
            ValidationError: on the slug.
        """
        super().clean()
        if self.slug in TAKEN_SLUGS:
            raise ValidationError({"slug": _("This address is taken: it means something else.")})

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
        from training.courses.queries import lessons_of

        lessons = lessons_of(self)
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [(self.index.title, self.index.get_url(request)), (self.title, "")],
            "description": self.search_description or self.intro,
            "lessons": lessons,
            "minutes": sum(lesson.minutes for lesson in lessons),
        }
