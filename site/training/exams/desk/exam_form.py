"""The form of an exam or a quiz: what it asks everybody must be questions for such papers."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from training.exams.papers import Exam
from training.exams.questions import Question


class ExamForm(WagtailAdminModelForm):
    """A paper with its rules and its fixed questions."""

    instance: Exam

    def is_valid(self) -> bool:
        """Look at the fixed questions as well, once they are read."""
        if not super().is_valid():
            return False
        asks = Question.AskedIn.QUIZ if self.cleaned_data["lesson"] else Question.AskedIn.EXAM
        strange = [question for question in self._fixed() if question.asked_in != asks]
        for question in strange:
            words = _("“%(question)s” is for %(papers)s. What a quiz tells, no exam asks.")
            facts = {"question": question, "papers": question.get_asked_in_display()}
            self.add_error(None, ValidationError(words % facts))
        return not strange

    def _fixed(self) -> list[Question]:
        rows = [form.cleaned_data for form in self.formsets["fixed"].forms]
        return [row["question"] for row in rows if row.get("question") and not row.get("DELETE")]
