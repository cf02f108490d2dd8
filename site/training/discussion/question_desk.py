"""One question to a teacher, in the back office: read and answered."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.act_desk import Act, ActDesk
from training.discussion.asking import answer
from training.discussion.refusals import NotSaid
from training.models import TeacherQuestion


class AnswerForm(forms.Form):
    """The answer, and whether others read it."""

    # how long it may be is counted where it is kept, without the second character of new lines
    text = forms.CharField(
        label=gettext_lazy("answer"),
        widget=forms.Textarea({"rows": 6, "maxlength": TeacherQuestion.LONGEST_ANSWER}),
    )
    is_shown = forms.BooleanField(
        label=gettext_lazy("shown to everybody in the course"),
        required=False,
        help_text=gettext_lazy("Without the name of who asked."),
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
        return {"question": self.question, **head(_("Question"), self.question.enrolment.course.title)}


def head(title: str, course: str) -> dict[str, Any]:
    """Return what the head of a desk shows."""
    return {
        "breadcrumbs_items": [{"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
        "page_subtitle": course,
        "header_icon": "comment",
    }
