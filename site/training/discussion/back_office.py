"""What trainees ask and say, for who teaches: answered, shown, taken down."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.tables import ListView
from record.back_office.policies import IssuedPolicy
from training.discussion.asking import answer
from training.discussion.refusals import NotSaid
from training.discussion.talking import show, take_down
from training.models import Contribution, TeacherQuestion

for _model in (TeacherQuestion, Contribution):
    register_permission_policy(_model, IssuedPolicy(_model))


class AnswerForm(forms.Form):
    """The answer, and whether others read it."""

    text = forms.CharField(label=gettext_lazy("answer"), max_length=4000, widget=forms.Textarea({"rows": 6}))
    is_shown = forms.BooleanField(
        label=gettext_lazy("shown to everybody in the course"),
        required=False,
        help_text=gettext_lazy("Without the name of who asked."),
    )


class ShowForm(forms.Form):
    """Showing a contribution."""


class TakeDownForm(forms.Form):
    """Why it is taken down."""

    why = forms.CharField(
        label=gettext_lazy("why it was taken down"),
        max_length=200,
        help_text=gettext_lazy("Read by who wrote it."),
    )


class QuestionDesk(ActDesk):
    """One question to the teacher."""

    template = "training/admin/teacher_question.html"
    may_look, may_act = "training.view_teacherquestion", "training.change_teacherquestion"
    refusals = (NotSaid,)
    acts = {
        "answer": Act(
            AnswerForm,
            gettext_lazy("Answer it"),
            gettext_lazy("Who asked is told, and reads it on the page of the course."),
            gettext_lazy("Send the answer"),
        )
    }

    def find(self, pk: int) -> None:
        """Read the question with who asked."""
        along = ("enrolment__trainee__user", "enrolment__course", "lesson")
        self.question = get_object_or_404(TeacherQuestion.objects.select_related(*along), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("training-questions-asked:desk", args=[self.question.pk])

    def first(self) -> str:
        """Return answering, while there is no answer."""
        return "" if self.question.answer else "answer"

    def form_options(self, act: str) -> dict[str, Any]:
        """Begin with the answer that stands there."""
        return {"initial": {"text": self.question.answer, "is_shown": self.question.is_shown}}

    def answer(self, form: forms.Form) -> str:
        """Answer it."""
        answer(question=self.question, **form.cleaned_data, by=self.by, at=self.now)
        return _("The answer stands on the page of who asked.")

    def context(self) -> dict[str, Any]:
        """Return the question."""
        return {"question": self.question, **_head(_("Question"), self.question.enrolment.course.title)}


class ContributionDesk(ActDesk):
    """One contribution to a discussion."""

    template = "training/admin/contribution.html"
    may_look, may_act = "training.view_contribution", "training.change_contribution"
    refusals = (NotSaid,)
    acts = {
        "show": Act(
            ShowForm,
            gettext_lazy("Show it"),
            gettext_lazy("Everybody in the course reads it; reports against it are settled."),
            gettext_lazy("Show it"),
        ),
        "take_down": Act(
            TakeDownForm,
            gettext_lazy("Take it down"),
            gettext_lazy("Only who wrote it still reads it, with the reason."),
            gettext_lazy("Take it down"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the contribution with who said it."""
        rows = Contribution.objects.select_related("trainee", "course", "reply_to", "decided_by")
        self.contribution = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("training-discussion:desk", args=[self.contribution.pk])

    def possible(self) -> list[str]:
        """Return what its state allows."""
        has_reports = self.contribution.reports.filter(settled_at=None).exists()
        shown = ["show"] if self.contribution.state != Contribution.State.SHOWN or has_reports else []
        return [*shown, *(["take_down"] if self.contribution.state != Contribution.State.HIDDEN else [])]

    def show(self, form: forms.Form) -> str:
        """Let everybody read it."""
        show(contribution=self.contribution, by=self.by, at=self.now)
        return _("Everybody in the course reads it now.")

    def take_down(self, form: forms.Form) -> str:
        """Take it down."""
        take_down(contribution=self.contribution, why=form.cleaned_data["why"], by=self.by, at=self.now)
        return _("It is taken down; who wrote it reads why.")

    def context(self) -> dict[str, Any]:
        """Return the contribution with its reports and trail."""
        contribution = self.contribution
        return {
            "contribution": contribution,
            "reports": contribution.reports.select_related("trainee"),
            "history": said(acts_on(contribution)),
            **_head(_("Discussion"), contribution.course.title),
        }


def _head(title: str, course: str) -> dict[str, Any]:
    return {
        "breadcrumbs_items": [{"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
        "page_subtitle": course,
        "header_icon": "comment",
    }


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
        Column("open_reports", label=gettext_lazy("Reports")),
        "written_at",
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {"course": ["exact"], "state": ["exact"]}
    search_fields: ClassVar[list[str]] = ["text"]
    ordering: ClassVar[list[str]] = ["-written_at"]
