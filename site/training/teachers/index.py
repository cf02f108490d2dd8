"""The list of teachers of a county, at /training/teachers/."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from cms.models import BasePage
from training.teachers.page import TeacherPage

if TYPE_CHECKING:
    from training.courses.index import TrainingIndexPage


class TeachersPage(BasePage):
    """The teachers of a county."""

    PLACE = "teachers"  # its address below the list of courses

    intro = models.CharField(
        _("line under the title"), max_length=80, blank=True, help_text=_("One short sentence, or nothing.")
    )

    template = "training/teachers/index.html"
    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types = ["training.TeacherPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of teachers")
        verbose_name_plural = _("lists of teachers")

    @cached_property
    def index(self) -> "TrainingIndexPage":
        """Return the list of courses it belongs to; routing has set it already."""
        return self.get_parent().specific

    def clean(self) -> None:
        """Keep the address that pages and courses lead to.

        Raises:
            ValidationError: on the slug.
        """
        super().clean()
        if self.slug != self.PLACE:
            said = _("The list of teachers stands at “%(place)s”.") % {"place": self.PLACE}
            raise ValidationError({"slug": said})

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a teacher; where the list is not public, nobody on it is.

        Raises:
            Http404: no public page there.
        """
        if not path_components:
            return super().route(request, path_components)
        teacher = None
        if self.live and len(path_components) == 1:
            teachers = TeacherPage.objects.live().child_of(self).select_related("portrait")
            teacher = teachers.filter(slug=path_components[0]).first()
        if teacher is None:
            raise Http404
        teacher.index = self
        return RouteResult(teacher)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the teachers with how many courses each has."""
        from training.teachers.queries import teachers_of

        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [(self.index.title, self.index.get_url(request)), (self.title, "")],
            "teachers": teachers_of(self),
        }
