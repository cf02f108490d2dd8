"""What makes a question of the bank a good one: said by the form and by the spreadsheet alike."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from training.exams.questions import MOST_OPTIONS, Question

Choice = tuple[str, bool]
"""An option's words, and whether it is right."""


def problems(*, kind: str, options: Sequence[Choice], holds: bool | None, answer: str) -> list[str]:
    """Return what is wrong with a question, a sentence each."""
    if kind in Question.CHOSEN:
        return _of_options(kind, options)
    if kind == Question.Kind.TRUE_FALSE and holds is None:
        return [_("Say whether the statement is right.")]
    if kind == Question.Kind.FILL_IN and not answer.strip():
        return [_("Say what is accepted as right.")]
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
