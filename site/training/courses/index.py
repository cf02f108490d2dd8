"""The list of courses of a county, at /training/."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from cms.models import BasePage
from training.courses.course import CoursePage
from training.courses.filters import LANGUAGES, Filters, Length, Sort
from training.courses.kinds import Kind
from training.teachers.index import TeachersPage

SHORT = "short"  # the address of the short lessons below the list


class TrainingIndexPage(BasePage):
    """The list of courses of a county."""

    intro = models.CharField(
        _("line under the title"), max_length=80, blank=True, help_text=_("One short sentence, or nothing.")
    )

    template = "training/index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training.CoursePage", "training.TeachersPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("course list")
        verbose_name_plural = _("course lists")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the short lessons, the teachers, a course, or one of its lessons.

        Raises:
            Http404: no public page there.
        """
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        if slug == SHORT and not rest and self.live:
            return RouteResult(self, kwargs={"mode": SHORT})
        if slug == TeachersPage.PLACE:
            return self._teachers().route(request, rest)
        course = CoursePage.objects.child_of(self).filter(slug=slug).select_related("image").first()
        if course is None:
            raise Http404
        course.index = self
        return course.route(request, rest)

    def get_template(self, request: HttpRequest, *args: Any, mode: str = "", **kwargs: Any) -> str:
        """Return the template of the list, or of the short lessons."""
        return "training/short.html" if mode == SHORT else self.template

    def get_context(self, request: HttpRequest, *args: Any, mode: str = "", **kwargs: Any) -> dict[str, Any]:
        """Add what is shown."""
        shown = self._short_ones(request) if mode == SHORT else self._courses(request)
        return {**super().get_context(request, *args, **kwargs), **shown}

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return its address and that of the short lessons."""
        entries = super().get_sitemap_urls(request)
        return [*entries, *({**entry, "location": f"{entry['location']}{SHORT}/"} for entry in entries)]

    def _teachers(self) -> TeachersPage:
        teachers = TeachersPage.objects.child_of(self).first()
        if teachers is None:
            raise Http404
        teachers.index = self
        return teachers

    def _courses(self, request: HttpRequest) -> dict[str, Any]:
        from training.courses.listing import choices_of, chosen, courses_with_facts, page_of

        asked, courses = Filters.read(request.GET), courses_with_facts(self)
        found = chosen(courses, asked)
        return {
            "trail": [(self.title, "")],
            "asked": asked,
            "choices": choices_of(courses),
            "lengths": Length.choices,
            "languages": LANGUAGES,
            "sorts": Sort.choices,
            "found": len(found),
            "kinds": [(value, label, asked.of_kind(value)) for value, label in [("", ""), *Kind.choices]],
            "courses": page_of(found, request.GET.get("page")),
        }

    def _short_ones(self, request: HttpRequest) -> dict[str, Any]:
        from training.courses.short import MOST_MINUTES, short_lessons

        kind = request.GET.get("kind", "")
        kind = kind if kind in Kind.values else ""
        return {
            "trail": [(self.title, self.get_url(request)), (_("Short lessons"), "")],
            "lessons": short_lessons(self, kind=kind),
            "kinds": Kind.choices,
            "kind": kind,
            "most": MOST_MINUTES,
        }
