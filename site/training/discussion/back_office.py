"""What trainees ask and say, for who teaches: answered, shown, taken down."""

from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.act_desk import ActDesk
from brand.back_office.tables import ListView
from record.back_office.policies import IssuedPolicy
from training.discussion.contribution_desk import ContributionDesk
from training.discussion.question_desk import QuestionDesk
from training.models import Contribution, TeacherQuestion

for _model in (TeacherQuestion, Contribution):
    register_permission_policy(_model, IssuedPolicy(_model))


class ListQuestions(ListView):
    """Lists questions, unanswered first."""

    along = ("enrolment__trainee", "enrolment__course")

    def get_edit_url(self, instance: TeacherQuestion) -> str:
        """Lead to the page of the question."""
        return reverse("training-questions-asked:desk", args=[instance.pk])


class ListContributions(ListView):
    """Lists contributions with the reports nobody has looked at."""

    along = ("trainee", "course")

    def get_base_queryset(self) -> QuerySet[Contribution]:
        """Count the reports along."""
        rows: QuerySet[Contribution] = super().get_base_queryset()
        return rows.annotate(open_reports=Count("reports", filter=Q(reports__settled_at=None)))

    def get_edit_url(self, instance: Contribution) -> str:
        """Lead to the page of the contribution."""
        return reverse("training-discussion:desk", args=[instance.pk])


class _DeskViewSet(ModelViewSet):
    """Rows that are acted upon on a page of their own."""

    desk: ClassVar[type[ActDesk]]
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: ClassVar[list[str]] = []
    search_backend_name = None

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the desk."""
        desk = self.desk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", desk, name="desk"),
            path("<int:pk>/<slug:act>/", desk, name="act"),
        ]


class TeacherQuestionViewSet(_DeskViewSet):
    """What trainees ask."""

    model, desk = TeacherQuestion, QuestionDesk
    name = "training-questions-asked"
    url_prefix = "training/questions-asked"
    icon = "help"
    menu_label = gettext_lazy("Questions to teachers")
    index_view_class = ListQuestions
    list_display: ClassVar[list[Any]] = ["__str__", "enrolment", "asked_at", "answered_at", "is_shown"]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "enrolment__course": ["exact"],
        "answered_at": ["isnull"],
        "asked_at": ["gte", "lte"],
    }
    search_fields: ClassVar[list[str]] = ["text", "answer"]
    ordering: ClassVar[list[str]] = ["-asked_at"]


class ContributionViewSet(_DeskViewSet):
    """What is said in discussions."""

    model, desk = Contribution, ContributionDesk
    name = "training-discussion"
    url_prefix = "training/discussion"
    icon = "comment"
    menu_label = pgettext_lazy("training", "Discussions")
    index_view_class = ListContributions
    list_display: ClassVar[list[Any]] = [
        "__str__",
        "course",
        "trainee",
        "state",
        Column("open_reports", label=pgettext_lazy("contribution", "Reports")),
        "written_at",
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {"course": ["exact"], "state": ["exact"]}
    search_fields: ClassVar[list[str]] = ["text"]
    ordering: ClassVar[list[str]] = ["-written_at"]
