"""Papers to mark: without names, one person first, near the pass mark or on appeal a second one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.tables import ListView
from record.back_office.policies import IssuedPolicy
from training.exams.appealing import answer_appeal
from training.exams.attempts import Attempt, AttemptItem
from training.exams.marking import Given, mark, round_of, to_mark
from training.exams.refusals import ExamRefused

NAME = "training-papers"
_HIDDEN = (Attempt.State.OPEN, Attempt.State.ENDED)
register_permission_policy(Attempt, IssuedPolicy(Attempt))


class MarksForm(forms.Form):
    """Points and a word for each answer."""

    def __init__(self, *args: Any, items: Sequence[AttemptItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        for item in items:
            self.fields[f"points-{item.place}"] = forms.DecimalField(
                label=_("Points, 0 to %(most)d") % {"most": item.points},
                min_value=0,
                max_value=item.points,
                max_digits=5,
                decimal_places=1,
                widget=forms.NumberInput({"step": "0.5"}),
            )
            self.fields[f"remark-{item.place}"] = forms.CharField(
                label=_("A word for the trainee"), max_length=200, required=False
            )

    def rows(self) -> list[tuple[AttemptItem, forms.BoundField, forms.BoundField]]:
        """Return each answer with its two fields."""
        return [(item, self[f"points-{item.place}"], self[f"remark-{item.place}"]) for item in self.items]

    def given(self) -> dict[int, Given]:
        """Return the points by place."""
        facts = self.cleaned_data
        return {
            item.place: Given(facts[f"points-{item.place}"], facts[f"remark-{item.place}"])
            for item in self.items
        }


class AnswerForm(forms.Form):
    """The answer to an appeal."""

    words = forms.CharField(
        label=pgettext_lazy("appeal", "answer"), max_length=500, widget=forms.Textarea({"rows": 4})
    )


class PaperDesk(ActDesk):
    """One paper to mark, and the appeal against its result."""

    template = "training/admin/exams/paper.html"
    may_look, may_act = "training.view_attempt", "training.change_attempt"
    refusals = (ExamRefused,)
    acts = {
        "mark": Act(
            MarksForm,
            gettext_lazy("Mark the answers"),
            gettext_lazy("Whose paper it is stays hidden. All answers in one go."),
            gettext_lazy("Give these points"),
        ),
        "answer": Act(
            AnswerForm,
            gettext_lazy("Answer the appeal"),
            gettext_lazy("The trainee reads it beside the result."),
            pgettext_lazy("appeal", "Send the answer"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read the paper; nobody reads it before it is handed in.

        Raises:
            Http404: there is none.
        """
        attempts = Attempt.objects.select_related("exam__course", "trainee").exclude(state__in=_HIDDEN)
        self.attempt = get_object_or_404(attempts, pk=pk)
        self.items = to_mark(self.attempt)
        self.appeal = getattr(self.attempt, "appeal", None)
        if self.request.user.pk == self.attempt.trainee.user_id:
            raise Http404

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse(f"{NAME}:desk", args=[self.attempt.pk])

    def possible(self) -> list[str]:
        """Return marking while it waits for it, answering while somebody waits for an answer."""
        if round_of(self.attempt):
            return ["mark"]
        return ["answer"] if self.appeal and not self.appeal.answered_at else []

    def first(self) -> str:
        """Whatever can be done is what one comes for."""
        return next(iter(self.possible()), "")

    def form_options(self, act: str) -> dict[str, Any]:
        """Ask for points for each answer."""
        return {"items": self.items} if act == "mark" else {}

    def mark(self, form: MarksForm) -> str:
        """Give the points."""
        mark(attempt=self.attempt, points=form.given(), by=self.by, at=self.now)
        self.attempt.refresh_from_db()
        if self.attempt.state == Attempt.State.SECOND:
            return _("Kept. It is near the pass mark: a second person reads it before the result is told.")
        return _("Marked.")

    def answer(self, form: forms.Form) -> str:
        """Answer the appeal."""
        if self.appeal is None:
            raise Http404
        answer_appeal(appeal=self.appeal, words=form.cleaned_data["words"], by=self.by, at=self.now)
        return _("The trainee reads the answer beside the result.")

    def context(self) -> dict[str, Any]:
        """Return the paper without its name."""
        number = _("Paper %(number)d") % {"number": self.attempt.pk}
        return {
            "attempt": self.attempt,
            "appeal": self.appeal,
            "items": self.items,
            "round": round_of(self.attempt),
            "breadcrumbs_items": [
                {"url": reverse(f"{NAME}:index"), "label": gettext_lazy("Papers to mark")},
                {"url": "", "label": number},
            ],
            "header_title": number,
            "page_title": number,
            "page_subtitle": self.attempt.exam.title,
            "header_icon": "edit",
        }


class ListPapers(ListView):
    """Lists papers that are handed in, those that wait for somebody first."""

    along = ("exam__course", "appeal")
    default_ordering = ["-state", "handed_in_at"]

    def get_base_queryset(self) -> Any:
        """Leave out open papers, which are nobody's business yet, and those nobody can mark any more."""
        return super().get_base_queryset().exclude(state__in=_HIDDEN)


def _appeal(attempt: Attempt) -> str:
    appeal = getattr(attempt, "appeal", None)
    if appeal is None:
        return ""
    return _("answered") if appeal.answered_at else _("waits for an answer")


class PaperViewSet(ModelViewSet):
    """Papers that were handed in."""

    model = Attempt
    name = NAME
    url_prefix = "training/papers"
    icon = "edit"
    menu_label = gettext_lazy("Papers to mark")
    index_view_class = ListPapers
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    list_display = [
        TitleColumn(
            "pk",
            label=pgettext_lazy("exam", "Paper"),
            accessor=lambda attempt: _("Paper %(number)d") % {"number": attempt.pk},
            url_name=f"{NAME}:desk",
        ),
        Column("exam", label=gettext_lazy("Exam")),
        Column("exam.course", label=gettext_lazy("course")),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("appeal", label=gettext_lazy("Appeal"), accessor=_appeal),
        Column("handed_in_at", label=gettext_lazy("handed in"), sort_key="handed_in_at"),
    ]
    list_filter = ["state", "exam"]
    search_backend_name = None

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of one paper; the policy closes the usual forms."""
        desk = PaperDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", desk, name="desk"),
            path("<int:pk>/<slug:act>/", desk, name="act"),
        ]
