"""Exams in the back office: the paper, opening and closing, results, what the answers say about questions."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from training.exams.desk.exam_form import ExamForm
from training.exams.desk.questions import XLSX
from training.exams.figures import exam_figures, question_figures
from training.exams.marking import release_all
from training.exams.opening import close_exam, open_exam
from training.exams.papers import Exam
from training.exams.questions import Question
from training.exams.refusals import ExamRefused
from training.exams.results_sheet import write_results
from training.exams.voiding import void

NAME = "training-exams"
MAY_LOOK, MAY_ACT = "training.view_exam", "training.change_exam"


class VoidForm(forms.Form):
    """A question that was at fault."""

    question = forms.ModelChoiceField(Question.objects.none(), label=pgettext_lazy("exam", "question"))

    def __init__(self, *args: Any, exam: Exam, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = Question.objects.filter(asked__attempt__exam=exam, asked__voided=False).distinct()
        self.fields["question"].queryset = asked  # type: ignore[attr-defined]


class ExamDesk(ActDesk):
    """How one exam goes, and what can be done with it."""

    template = "training/admin/exams/exam.html"
    may_look, may_act = MAY_LOOK, MAY_ACT
    refusals = (ExamRefused,)
    acts = {
        "open": Act(
            forms.Form,
            gettext_lazy("Open the exam"),
            gettext_lazy("A paper is drawn to see that the bank has enough questions."),
            gettext_lazy("Open it"),
        ),
        "close": Act(
            forms.Form,
            gettext_lazy("Close the exam"),
            gettext_lazy("Nobody begins any more. Papers that are open go on to their deadline."),
            pgettext_lazy("exam", "Close it"),
        ),
        "release": Act(
            forms.Form,
            gettext_lazy("Tell the results"),
            gettext_lazy("Everybody whose paper is marked gets a message."),
            gettext_lazy("Tell them"),
        ),
        "void": Act(
            VoidForm,
            gettext_lazy("A question was at fault"),
            gettext_lazy(
                "Everybody who was asked it gets its points, and it is asked no more. Results can only rise; "
                "this cannot be undone."
            ),
            gettext_lazy("Give everybody its points"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the exam."""
        self.exam = get_object_or_404(Exam.objects.select_related("course", "lesson"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse(f"{NAME}:desk", args=[self.exam.pk])

    def possible(self) -> list[str]:
        """Return what its state allows."""
        acts = ["close"] if self.exam.state == Exam.State.OPEN else ["open"]
        if self.exam.release == Exam.Release.TOGETHER:
            acts.append("release")
        return [*acts, "void"] if self.exam.attempts.exists() else acts

    def first(self) -> str:
        """Open it, while it is being written."""
        return "open" if self.exam.state == Exam.State.DRAFT else ""

    def form_options(self, act: str) -> dict[str, Any]:
        """Offer the questions that were asked."""
        return {"exam": self.exam} if act == "void" else {}

    def open(self, form: forms.Form) -> str:
        """Open it."""
        open_exam(exam=self.exam, by=self.by, at=self.now)
        return _("The exam is open.")

    def close(self, form: forms.Form) -> str:
        """Close it."""
        close_exam(exam=self.exam, by=self.by, at=self.now)
        return _("The exam is closed.")

    def release(self, form: forms.Form) -> str:
        """Tell the results."""
        count = release_all(exam=self.exam, by=self.by, at=self.now)
        if not count:
            return _("No result waits to be told.")
        return ngettext("%(count)d result was told.", "%(count)d results were told.", count) % {
            "count": count
        }

    def void(self, form: forms.Form) -> str:
        """Give everybody the points of a question."""
        count = void(exam=self.exam, question=form.cleaned_data["question"], by=self.by, at=self.now)
        return ngettext("%(count)d paper got its points.", "%(count)d papers got its points.", count) % {
            "count": count
        }

    def context(self) -> dict[str, Any]:
        """Return the exam with its figures."""
        return {
            "exam": self.exam,
            "figures": exam_figures(self.exam),
            "questions": question_figures(self.exam),
            "may_change": self.request.user.has_perm(MAY_ACT),
            "breadcrumbs_items": [
                {"url": reverse(f"{NAME}:index"), "label": gettext_lazy("Exams")},
                {"url": "", "label": self.exam.title},
            ],
            "header_title": self.exam.title,
            "page_title": self.exam.title,
            "page_subtitle": str(self.exam.course),
            "header_icon": "form",
        }


@require_safe
@permission_required(MAY_LOOK, raise_exception=True)
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the results of an exam as a workbook."""
    exam = get_object_or_404(Exam, pk=pk)
    out = BytesIO()
    write_results(exam, out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="exam-{exam.pk}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


class ListExams(ListView):
    """Lists exams and quizzes."""

    along = ("course", "lesson")


class ExamViewSet(ModelViewSet):
    """Exams of courses and quizzes of lessons."""

    model = Exam
    name = NAME
    url_prefix = "training/exams"
    icon = "form"
    menu_label = gettext_lazy("Exams")
    index_view_class, add_view_class, edit_view_class = ListExams, Creates, Changes
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        TitleColumn("title", label=gettext_lazy("Title"), url_name=f"{NAME}:desk", sort_key="title"),
        "course",
        "lesson",
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
    ]
    list_filter = ["course", "state"]
    search_fields = ["title"]
    search_backend_name = None
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("course"), FieldPanel("lesson")]),
        FieldPanel("note"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("minutes"), FieldPanel("pass_percent")]),
                FieldRowPanel([FieldPanel("most_attempts"), FieldPanel("wait_hours")]),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("after_lessons"),
            ],
            heading=gettext_lazy("How it goes"),
        ),
        InlinePanel(
            "rules",
            heading=gettext_lazy("Drawn anew for every attempt"),
            label=pgettext_lazy("drawing", "rule"),
            panels=[
                FieldRowPanel([FieldPanel("how_many"), FieldPanel("kind"), FieldPanel("points")]),
                FieldRowPanel([FieldPanel("easiest"), FieldPanel("hardest"), FieldPanel("topic")]),
            ],
        ),
        InlinePanel(
            "fixed",
            heading=gettext_lazy("Asked of everybody"),
            label=pgettext_lazy("exam", "question"),
            panels=[FieldRowPanel([FieldPanel("question"), FieldPanel("points")])],
        ),
        MultiFieldPanel(
            [FieldPanel("partial"), FieldRowPanel([FieldPanel("review"), FieldPanel("release")])],
            heading=gettext_lazy("Points and results"),
        ),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=ExamForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the page of one exam and its results."""
        desk = ExamDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", desk, name="desk"),
            path("<int:pk>/results.xlsx", results, name="results"),
            path("<int:pk>/<slug:act>/", desk, name="act"),
        ]
