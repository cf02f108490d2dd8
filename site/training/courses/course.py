"""A course: a page with its lessons below."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.blocks import STORY_BLOCKS
from cms.models import BasePage
from training.courses.blocks import QUESTION_BLOCKS
from training.courses.forms import CourseForm
from training.courses.kinds import Kind
from training.courses.lesson import LessonPage
from training.courses.panels import COURSE_PANELS, ENGLISH_PANELS, TAKING_PART_PANELS

if TYPE_CHECKING:
    from training.courses.index import TrainingIndexPage

# /training/<word>/ that are no courses
TAKEN_SLUGS = {
    "beat",
    "certificates",
    "classes",
    "exams",
    "materials",
    "me",
    "short",
    "talent",
    "teachers",
    "videos",
}


class CoursePage(BasePage):
    """A course; its lessons are the pages below it, in their order.

    `kind` is also the kind its person-times are counted by. Completed is who holds all that it demands:
    `needs_watching` per cent of it learnt, the exam passed, a class attended.
    """

    class Enrolling(models.TextChoices):
        """Whether one can enrol."""

        OPEN = "open", pgettext_lazy("enrolling", "open")
        CLOSED = "closed", pgettext_lazy("enrolling", "closed")

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
    outcomes = models.TextField(
        _("what one can do afterwards"), max_length=400, blank=True, help_text=_("One thing on each line.")
    )
    body = StreamField(STORY_BLOCKS, verbose_name=_("about the course"), blank=True)
    faq = StreamField(QUESTION_BLOCKS, verbose_name=_("asked again and again"), blank=True)

    in_english = models.BooleanField(
        _("taught in English"), default=False, help_text=_("Or with English subtitles and text.")
    )
    title_en = models.CharField(_("English title"), max_length=100, blank=True)
    intro_en = models.CharField(_("English summary"), max_length=240, blank=True)

    enrolment = models.CharField(_("enrolling"), max_length=8, choices=Enrolling, default=Enrolling.OPEN)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    ends_on = models.DateField(
        _("to be completed by"), null=True, blank=True, help_text=_("Empty: at any time.")
    )
    needs_watching = models.PositiveSmallIntegerField(
        _("per cent learnt"),
        default=90,
        validators=[MaxValueValidator(100)],
        help_text=_("How much of each lesson has to be watched or read."),
    )
    needs_exam = models.BooleanField(_("exam passed"), default=False)
    needs_class = models.BooleanField(_("class attended"), default=False)
    certificate = models.BooleanField(_("gives a certificate"), default=False)
    hours = models.DecimalField(
        _("class hours"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("As certificates state them. Empty: 45 minutes of lessons are one."),
    )

    base_form_class = CourseForm
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
    content_panels = COURSE_PANELS
    edit_handler = TabbedInterface(
        [
            ObjectList(COURSE_PANELS, heading=pgettext_lazy("tab", "Course")),
            ObjectList(TAKING_PART_PANELS, heading=_("Taking part")),
            ObjectList(ENGLISH_PANELS, heading=pgettext_lazy("tab", "English")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
        ]
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gt=0), name="course_has_places"),
            models.CheckConstraint(condition=Q(needs_watching__lte=100), name="course_watching_is_percent"),
        ]

    @cached_property
    def index(self) -> "TrainingIndexPage":
        """Return the list it belongs to; routing has set it already."""
        return self.get_parent().specific

    @property
    def shown_title(self) -> str:
        """The title in the language of the page, where there is one."""
        return (get_language() == "en" and self.title_en) or self.title

    @property
    def shown_intro(self) -> str:
        """The summary in the language of the page, where there is one."""
        return (get_language() == "en" and self.intro_en) or self.intro

    @property
    def outcome_lines(self) -> list[str]:
        """What one can do afterwards, thing by thing."""
        return [line.strip() for line in self.outcomes.splitlines() if line.strip()]

    @property
    def is_open(self) -> bool:
        """Whether one can enrol by oneself."""
        return self.enrolment == self.Enrolling.OPEN

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
        """Add the lessons, who teaches, what comes before, what there is to download."""
        from training.courses.shown import shown_of

        trail = [(self.index.title, self.index.get_url(request)), (self.shown_title, "")]
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": trail,
            "title": self.search_title,
            "description": self.search_description or self.shown_intro,
            **shown_of(self, request, trail),
        }

    @property
    def search_title(self) -> str:
        """What stands in the tab and in search results."""
        return self.seo_title or self.shown_title
