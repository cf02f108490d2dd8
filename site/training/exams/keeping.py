"""What makes a question of the bank a good one: said by the form and by the spreadsheet alike."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from training.exams.papers import FixedQuestion
from training.exams.questions import MOST_OPTIONS, Question

Choice = tuple[str, bool]
"""An option's words, and whether it is right."""


def problems(
    *, kind: str, options: Sequence[Choice], holds: bool | None, answer: str, asked_in: str
) -> list[str]:
    """Return what is wrong with a question, a sentence each."""
    if kind in Question.BY_HAND and asked_in == Question.AskedIn.QUIZ:
        return [_("A quiz is marked at once: it cannot ask for short answers.")]
    if kind in Question.CHOSEN:
        return _of_options(kind, options)
    if kind == Question.Kind.TRUE_FALSE and holds is None:
        return [_("Say whether the statement is right.")]
    if kind == Question.Kind.FILL_IN and not answer.strip():
        return [_("Say what is accepted as right.")]
    return []


def stays_where(*, question: Question, asked_in: str) -> list[str]:
    """Return why a question that is kept cannot be asked in these papers instead, a sentence each.

    Up to 2 queries.
    """
    if question.pk is None:
        return []
    elsewhere = FixedQuestion.objects.filter(question=question)
    elsewhere = elsewhere.exclude(exam__lesson__isnull=asked_in == Question.AskedIn.EXAM)
    if line := elsewhere.select_related("exam").first():
        return [
            _("“%(paper)s” asks everybody this question. Take it out there first.") % {"paper": line.exam}
        ]
    told = question.asked.filter(attempt__exam__lesson__isnull=False)
    if asked_in == Question.AskedIn.EXAM and told.exists():
        return [_("A quiz has told what is right here. For an exam write a new question.")]
    return []


def _of_options(kind: str, options: Sequence[Choice]) -> list[str]:
    words, right = [text.strip() for text, _is_right in options], sum(is_right for _text, is_right in options)
    wrong = []
    if not 2 <= len(words) <= MOST_OPTIONS:
        wrong.append(_("Give 2 to %(most)d options.") % {"most": MOST_OPTIONS})
    if len(set(words)) < len(words):
        wrong.append(_("Two options say the same."))
    if kind == Question.Kind.SINGLE and right != 1:
        wrong.append(_("Exactly one option is right."))
    if kind == Question.Kind.MULTIPLE and right < 2:
        wrong.append(_("At least two options are right."))
    return wrong
