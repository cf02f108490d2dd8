"""A teacher: a page below the list of teachers."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms.models import BasePage
from training.teachers.form import TeacherForm

if TYPE_CHECKING:
    from training.teachers.index import TeachersPage


class TeacherPage(BasePage):
    """A teacher. The title of the page is the name."""

    profession = models.CharField(
        _("profession"), max_length=60, blank=True, help_text=_("What this person does when not teaching.")
    )
    about = models.TextField(
        _("why this person"),
        max_length=400,
        blank=True,
        help_text=_("What makes this person the one to ask: what they have done, in a few sentences."),
    )
    since_year = models.PositiveSmallIntegerField(
        _("in the trade since"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
        help_text=_("Year. Experts that the county engages have to show five years."),
    )
    portrait = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("portrait"),
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="teacher_pages",
        verbose_name=_("account"),
        help_text=_("Questions of trainees are told to this account."),
    )

    base_form_class = TeacherForm
    template = "training/teachers/teacher.html"
    parent_page_types = ["training.TeachersPage"]
    subpage_types: list[str] = []
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("profession"),
        index.SearchField("about"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("profession"), FieldPanel("since_year")]),
        FieldPanel("about"),
        InlinePanel("qualifications", heading=_("Qualifications"), label=_("Qualification")),
        MultiFieldPanel([FieldPanel("portrait"), FieldPanel("account")], heading=_("Portrait and account")),
    ]

    class Meta:
        verbose_name = pgettext_lazy("person", "teacher")
        verbose_name_plural = _("teachers")

    @cached_property
    def index(self) -> "TeachersPage":
        """Return the list it belongs to; routing has set it already."""
        return self.get_parent().specific

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the courses this person teaches."""
        from training.teachers.queries import courses_of

        training = self.index.index
        above = [(page.title, page.get_url(request)) for page in (training, self.index)]
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [*above, (self.title, "")],
            "description": self.search_description or self.about or self.profession,
            "courses": courses_of(self, below=training),
            "qualifications": list(self.qualifications.all()),
        }


class Qualification(Orderable):
    """What a teacher can show a paper for."""

    teacher = ParentalKey(TeacherPage, on_delete=models.CASCADE, related_name="qualifications")
    title = models.CharField(
        _("paper"), max_length=80, help_text=_("Certificate, title or post, as the paper says.")
    )
    issuer = models.CharField(_("issued by"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1950), MaxValueValidator(2100)]
    )

    panels = [FieldPanel("title"), FieldRowPanel([FieldPanel("issuer"), FieldPanel("year")])]

    class Meta(Orderable.Meta):
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")

    def __str__(self) -> str:
        return self.title
