"""The form of a question: what a good one needs depends on its kind."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from training.exams.keeping import Choice, problems, stays_where
from training.exams.questions import Question


class QuestionForm(WagtailAdminModelForm):
    """A question with its options; a change makes a new edition, so figures do not mix."""

    def is_valid(self) -> bool:
        """Look at the options as well, once they are read."""
        if not super().is_valid():
            return False
        facts = self.cleaned_data
        found = problems(
            kind=facts["kind"],
            options=self._options(),
            holds=facts["holds"],
            answer=facts["answer"],
            asked_in=facts["asked_in"],
        )
        found += stays_where(question=self.instance, asked_in=facts["asked_in"])
        for problem in found:
            self.add_error(None, ValidationError(problem))
        return not found

    def save(self, commit: bool = True) -> Question:
        """Count the edition up where something changed."""
        if self.instance.pk and self.has_changed():
            self.instance.edition += 1
        question: Question = super().save(commit)
        return question

    def _options(self) -> list[Choice]:
        rows: list[dict[str, Any]] = [form.cleaned_data for form in self.formsets["options"].forms]
        kept = [row for row in rows if row.get("text") and not row.get("DELETE")]
        return [(row["text"], row["is_right"]) for row in kept]
