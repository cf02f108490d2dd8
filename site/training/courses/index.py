"""The list of courses of a county, at /training/."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from cms.models import BasePage
from training.courses.course import CoursePage
from training.courses.kinds import Kind

COURSES_A_PAGE = 12


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
        from training.courses.queries import courses_under, with_length

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
