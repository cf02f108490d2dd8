"""Questions as a spreadsheet: written out, as an empty form with examples, and the names of its columns."""

from collections.abc import Iterable
from typing import IO, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from lib.sheets import text_cell
from training.exams.questions import MOST_OPTIONS, Question

LETTERS: Final = "ABCDEFGH"[:MOST_OPTIONS]
SEVERAL: Final = "|"
"""Between the accepted ways of writing, in one cell."""


def columns() -> dict[str, str]:
    """Return the columns in their order, with their headings."""
    options = {letter: _("Option %(letter)s") % {"letter": letter} for letter in LETTERS}
    return {
        "number": _("No."),
        "kind": pgettext("question", "kind"),
        "difficulty": _("difficulty"),
        "topic": _("topic"),
        "text": pgettext("exam", "question"),
        **options,
        "answer": pgettext("exam", "answer"),
        "explanation": _("explanation"),
        "asked_in": pgettext("question", "asked in"),
    }


def sides() -> dict[str, bool]:
    """Return the words that say whether a statement is right."""
    return {pgettext("statement", "Right"): True, pgettext("statement", "Wrong"): False}


def write_questions(questions: Iterable[Question], out: IO[bytes]) -> None:
    """Write questions, with their options prefetched, as a workbook that can be read in again."""
    _write((_row(question) for question in questions), out)


def write_form(out: IO[bytes]) -> None:
    """Write a form to fill in: an example of each kind."""
    kinds = dict(Question.Kind.choices)
    right, exams = next(iter(sides())), str(Question.AskedIn.EXAM.label)
    plain = [
        ("single", "2", [_("Three times"), _("Twice"), _("Once")], "A"),
        ("multiple", "3", [_("By the window"), _("Early"), _("At noon")], "AB"),
        ("true_false", "1", [], right),
        ("fill_in", "2", [], _("three|3")),
        ("short", "4", [], _("What a good answer says")),
    ]
    rows = [
        ["", str(kinds[kind]), hard, "", _("Example: replace it"), *_padded(options), answer, "", exams]
        for kind, hard, options, answer in plain
    ]
    _write(rows, out)


def _write(rows: Iterable[list[str]], out: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(pgettext("exam", "Questions"))
    sheet.freeze_panes = "A2"
    for column, width in {"A": 8, "B": 12, "D": 16, "E": 50, "N": 20, "O": 50, "P": 12}.items():
        sheet.column_dimensions[column].width = width
    sheet.append([text_cell(sheet, name, bold=True) for name in columns().values()])
    for row in rows:
        sheet.append([text_cell(sheet, text) for text in row])
    book.save(out)


def _row(question: Question) -> list[str]:
    options = list(question.options.all())
    return [
        str(question.pk),
        str(question.get_kind_display()),
        str(question.difficulty),
        question.topic,
        question.text,
        *_padded([option.text for option in options]),
        _answer(question, [option.is_right for option in options]),
        question.explanation,
        str(question.get_asked_in_display()),
    ]


def _padded(options: list[str]) -> list[str]:
    return [*options, *[""] * (len(LETTERS) - len(options))]


def _answer(question: Question, right: list[bool]) -> str:
    if question.kind in Question.CHOSEN:
        return "".join(letter for letter, is_right in zip(LETTERS, right, strict=False) if is_right)
    if question.kind == Question.Kind.TRUE_FALSE:
        return next(word for word, holds in sides().items() if holds == question.holds)
    if question.kind == Question.Kind.FILL_IN:
        return SEVERAL.join(question.answer.splitlines())
    return question.answer
